"""One cue is one suspicion, whichever searches saw it."""

import pytest

from gradcam_core.base.suspicion import Place, Suspicion, source_of
from gradcam_core.findings.material import Hint
from gradcam_core.findings.search import merge
from gradcam_core.findings.search.leads import Lead

IDS = tuple(f"s{row}" for row in range(20))


CORNER = (0.0, 0.0, 0.25, 0.25)


def lead(
    source: str,
    flag: str,
    boxes: dict[str, Place],
    cells: tuple[tuple[int, int], ...] = (),
    label: str = "cat",
) -> Lead:
    name = f"{flag}/{label}/{source}"
    kind = "heat" if source.startswith(("classic", "fine")) else "data"
    hint = Hint(
        *(flag, kind, True, f"{source} says so.", 0.5, "share", 60),
        label=label, suspicion=name, cells=cells, grid=(4, 4) if cells else (0, 0), samples=tuple(boxes),
    )  # fmt: skip
    cue = Suspicion(name, flag, label, tuple(boxes), boxes, strength=0.5, source=source_of(name))
    return Lead(hint, cue)


def ids(leads: list[Lead]) -> list[str]:
    return sorted(one.suspicion.id for one in leads if one.suspicion)


def test_one_tag_seen_four_times_is_one_suspicion_with_one_hint_of_each_kind() -> None:
    boxes = dict.fromkeys(IDS, CORNER)
    found = merge.merged(
        [
            lead("classic-0-0", "fixed-marker", boxes, ((0, 0),)),
            lead("fine-0-0", "fixed-marker", dict.fromkeys(IDS[:15], CORNER), ((0, 0),)),
            lead("data", "fixed-marker", boxes, ((0, 0),)),
            lead("patch", "fixed-marker", dict.fromkeys(IDS[:18], (0.05, 0.05, 0.2, 0.2))),
        ]
    )
    assert ids(found) == ["fixed-marker/cat/data"]
    assert sorted(one.hint.kind for one in found) == ["data", "heat"]
    assert {one.hint.suspicion for one in found} == {"fixed-marker/cat/data"}


@pytest.mark.parametrize("other", ["place", "class", "samples"])
def test_other_places_classes_or_samples_stay_apart(other: str) -> None:
    boxes = dict.fromkeys(IDS, (0.75, 0.75, 1.0, 1.0) if other == "place" else CORNER)
    if other == "samples":
        boxes = {f"t{row}": CORNER for row in range(20)} | {IDS[0]: CORNER}
    second = lead("patch", "fixed-marker", boxes, label="dog" if other == "class" else "cat")
    first = lead("data", "fixed-marker", dict.fromkeys(IDS, CORNER), ((0, 0),))
    assert len(ids(merge.merged([first, second]))) == 2


def test_a_patch_that_is_mostly_elsewhere_is_not_explained_by_one_corner() -> None:
    """Structure at one corner in a quarter of the samples, the patch in all four corners: it roams."""
    corners = [CORNER, (0.0, 0.75, 0.25, 1.0), (0.75, 0.0, 1.0, 0.25), (0.75, 0.75, 1.0, 1.0)]
    patch = lead("patch", "roaming-marker", {name: corners[row % 4] for row, name in enumerate(IDS)})
    data = lead("data", "fixed-marker", dict.fromkeys(IDS[::4], CORNER), ((0, 0),))
    found = merge.merged([patch, data])
    assert ids(found) == ["roaming-marker/cat/patch"]
    ticks = lead(
        "data", "border", dict.fromkeys(IDS, (0.75, 0.0, 1.0, 1.0)), tuple((3, c) for c in range(4))
    )
    low = {name: (0.8, 0.2 * (row % 4), 1.0, 0.2 * (row % 4) + 0.2) for row, name in enumerate(IDS)}
    assert ids(merge.merged([lead("patch", "roaming-marker", low), ticks])) == ["border/cat/data"]
