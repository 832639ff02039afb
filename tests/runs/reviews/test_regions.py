"""Which drawn region holds, and its form in an act."""

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.acts import EVERY, Act
from gradcam_core.runs.reviews.regions import drawn_of, to_outline, to_text

BOX = [[0.1, 0.2, 0.6, 0.2, 0.6, 0.7]]


def drew(sample: str, outline: list[list[float]], minute: int, kind: str = "region", **more: str) -> Act:
    return Act(
        "p", sample, "h", "Ana", kind=kind, outline=to_text(outline),
        time=f"2026-01-31T09:{minute:02d}:00+00:00", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def test_an_outline_comes_back_as_it_was() -> None:
    assert to_outline(to_text(BOX)) == BOX
    assert (to_text([]), to_outline("")) == ("", [])


@pytest.mark.parametrize(
    "text",
    ["{", "{}", "[1]", "[[0,0,1]]", "[[0,0,1,1]]", "[[0,0,1,0,1,2]]", '[["0",0,1,0,1,1]]', "[" * 99],
)
def test_what_is_no_outline_is_said(text: str) -> None:
    with pytest.raises(AuditError, match="polygons of shares"):
        to_outline(text)


def test_the_last_region_of_a_sample_holds_until_it_is_taken_away() -> None:
    first, second, shared = drew("a", BOX, 0), drew("b", BOX, 1), drew(EVERY, BOX, 2, "shared region")
    found = drawn_of([first, second, shared])
    assert (set(found.own), found.shared) == ({"a", "b"}, shared)
    found = drawn_of([first, second, shared, drew("a", [], 3), drew(EVERY, [], 4, "shared region")])
    assert (set(found.own), found.shared, bool(found)) == ({"b"}, None, True)
    assert not drawn_of([])
