"""Shapes of recurring structure, and what objects in front of it hide."""

import numpy as np
import pytest

from gradcam_core.findings import search
from gradcam_core.findings.search.shapes import apart, kind
from tests.findings.findings_made import HEIGHT, WIDTH, material

SIZE = (40, 40)


def energy(strong: np.ndarray, shown: float) -> np.ndarray:
    """Of structure that is as strong in the middle, where it shows in a share of the pictures only."""
    noise = np.random.default_rng(0).normal(0, 0.02, SIZE)
    noise[6:-6, 6:-6] /= np.sqrt(max(shown, 0.05))
    found = strong + noise
    found[6:-6, 6:-6] = found[6:-6, 6:-6] if shown else np.nan
    return np.asarray(found)


@pytest.mark.parametrize("shown", [0.1, 0.3, 0.6, 1.0])
def test_what_objects_hide_makes_no_border(shown: float) -> None:
    """A pattern all over the picture; in the middle fewer of its pixels are clear of the noise."""
    down, right = np.mgrid[: SIZE[0], : SIZE[1]]
    everywhere = (down + right) % 4 == 0
    clear = everywhere.copy()
    clear[6:-6, 6:-6] &= np.random.default_rng(0).random((28, 28)) < shown
    assert kind(clear, energy(everywhere, shown)) == "watermark"


@pytest.mark.parametrize("shown", [0.0, 0.1, 1.0])
def test_what_lies_along_the_edge_is_one(shown: float) -> None:
    ticks = np.zeros(SIZE, dtype=bool)
    ticks[-4:, ::3] = True
    assert kind(ticks, energy(ticks, shown)) == "border"


def test_one_blob_is_a_mark_and_three_pixels_are_nothing() -> None:
    blob = np.zeros(SIZE, dtype=bool)
    blob[2:8, 2:8] = True
    assert kind(blob, blob.astype(float)) == "fixed-marker"
    assert kind(np.arange(1600).reshape(SIZE) < 3, np.ones(SIZE)) is None


def test_a_mark_beside_a_ruler_is_a_thing_of_its_own() -> None:
    tag, ruler = np.zeros(SIZE, dtype=bool), np.zeros(SIZE, dtype=bool)
    tag[1:7, 1:8], ruler[-4:, ::2] = True, True
    parts = apart(tag | ruler, np.where(tag, 2.0, 1.0))
    assert [part.tolist() for part in parts] == [tag.tolist(), ruler.tolist()]
    assert apart(tag | ruler, np.where(tag, 100.0, 1.0)) == []
    assert apart(ruler, np.ones(SIZE)) == []


def test_marks_at_several_places_are_no_mark_beside_an_edge() -> None:
    corners = np.zeros(SIZE, dtype=bool)
    for top, left in ((1, 1), (1, 32), (33, 1), (33, 32)):
        corners[top : top + 6, left : left + 7] = True
    strength = np.ones(SIZE)
    strength[:20, :20] = 3
    assert apart(corners, strength) == []


def test_pieces_of_a_faint_pattern_are_no_marks() -> None:
    pieces = np.zeros(SIZE, dtype=bool)
    for top, left in ((2, 2), (2, 24), (24, 2), (24, 24)):
        pieces[top : top + 10 : 3, left : left + 10 : 2] = True
    assert apart(pieces, np.ones(SIZE)) == []


def test_a_watermark_behind_large_objects_is_no_border() -> None:
    """Objects in the middle cover it in two pictures of three."""

    def behind(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, *_: np.ndarray) -> None:
        pattern = 40 * np.random.default_rng(4).integers(0, 2, (HEIGHT, WIDTH, 1)).astype(np.uint8)
        pictures[labels == "dog"] += pattern
        cover[np.arange(len(cover)) % 16 < 12, 4:28, 4:28] = 1

    found = search.patterns.search(material(behind, n=240), seed=0)
    assert [one.hint.flag for one in found if one.suspicion] == ["watermark"]
