"""One cue is one suspicion, whichever searches saw it."""

import numpy as np
import pytest

from gradcam_core.base.suspicion import Place, Suspicion, source_of
from gradcam_core.findings import search
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import merge, patches, patterns
from gradcam_core.findings.search.leads import Lead
from tests.findings.findings_made import HEIGHT, WIDTH, material

TAG = np.random.default_rng(9).integers(0, 2, (8, 8, 1)).astype(np.uint8) * 200 + 20
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


def corners(pictures: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    """The tag in one of four corners: a mean picture shows it in all of them."""
    for row in np.flatnonzero(labels == "cat"):
        top, left = ((2, 2), (2, 54), (30, 2), (30, 54))[row // 4 % 4]
        pictures[row, top : top + 8, left : left + 8] = TAG
        maps[row, (top + 4) * 5 // HEIGHT, (left + 4) * 8 // WIDTH] += 8


def still_corner(pictures: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    pictures[labels == "cat", 2:10, 52:60] = TAG
    maps[labels == "cat", 0, 7] += 8


def test_marks_in_several_corners_roam_and_are_no_border() -> None:
    found = search.discover(material(corners, n=240), seed=0)
    assert [one.flag for one in found.suspicions] == ["roaming-marker"]
    (pattern,) = [one for one in patterns.search(material(corners, n=240), 0) if one.suspicion]
    assert pattern.suspicion is not None
    assert pattern.suspicion.flag == "roaming-marker"
    assert pattern.hint.strong
    assert all((right - left) < 0.4 for _, left, _, right in pattern.suspicion.boxes.values())
    assert len(set(pattern.suspicion.boxes.values())) == 4


def test_a_still_tag_is_one_fixed_marker() -> None:
    found = search.discover(material(still_corner), seed=0)
    assert [one.flag for one in found.suspicions] == ["fixed-marker"]
    assert len({one.suspicion for one in found.hints if one.suspicion}) == 1
    patch = next(one.suspicion for one in patches.search(material(still_corner), 0))
    assert patch is not None
    assert patch.flag == "fixed-marker"


def test_matches_are_those_of_the_crops() -> None:
    generator = np.random.default_rng(0)
    pictures = generator.integers(0, 255, (2, 30, 44, 3)).astype(float)
    pictures[0, :14, :14] = 7  # flat crops match nothing
    template = generator.normal(size=3 * patches.SIDE**2)
    template = (template - template.mean()) / np.linalg.norm(template - template.mean())
    expected = np.stack([patches.windows(picture)[0] @ template for picture in pictures])
    assert patches.matches(pictures, template) == pytest.approx(expected, abs=1e-6)
    assert (patches.matches(pictures, template)[0, :4, :4] == 0).all()


def test_half_a_patient_is_not_a_patient() -> None:
    """Values are averaged over the samples of a unit; rows without a value do not count."""
    whole = material(n=4)
    grouped = Material(
        *(whole.table, whole.class_names, whole.maps, whole.cover, whole.pictures, whole.embeddings),
        whole.discover, units=np.array(["a", "a", "b", "b"], dtype=object),
    )  # fmt: skip
    values, rows = np.array([1.0, 3.0, 5.0, np.nan]), np.ones(4, bool)
    assert grouped.per_unit(values, rows).tolist() == [2.0, 5.0]
    assert whole.per_unit(values, rows).tolist() == [1.0, 3.0, 5.0]
