"""Fine structure that repeats at the same pixels of one class."""

import numpy as np

from gradcam_core.findings import search
from gradcam_core.findings.search import patterns
from tests.findings.findings_made import HEIGHT, WIDTH, N, material
from tests.findings.search.corners import corners
from tests.findings.search.tags import TAG


def corner_tag(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
    pictures[labels == "cat", 2:10, 52:60] = TAG


def test_a_tag_in_the_pictures_is_found_without_heat() -> None:
    leads = list(patterns.search(material(corner_tag), seed=0))
    found = leads[0].hint
    assert (found.flag, found.label, found.kind) == ("fixed-marker", "cat", "data")
    assert found.strong
    assert found.effect > 0.9
    assert leads[0].suspicion is not None
    top, left, bottom, right = leads[0].suspicion.boxes["s0"]
    assert top <= 2 / HEIGHT
    assert left <= 52 / WIDTH
    assert bottom >= 10 / HEIGHT
    assert right >= 60 / WIDTH
    assert (bottom - top) * (right - left) < 0.12


def test_a_tag_on_half_of_every_class_is_no_lead() -> None:
    def both(pictures: np.ndarray, *_: np.ndarray) -> None:
        pictures[np.arange(N) % 8 < 4, 2:10, 52:60] = TAG

    assert not list(patterns.search(material(both), seed=0))


def test_ticks_along_an_edge_are_a_border_and_a_faint_pattern_is_a_watermark() -> None:
    def ticks(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pictures[labels == "dog", 36:40, ::4] = 20

    def faint(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        pattern = 40 * np.random.default_rng(4).integers(0, 2, (HEIGHT, WIDTH, 1)).astype(np.uint8)
        pictures[labels == "dog"] += pattern

    for paint, flag in ((ticks, "border"), (faint, "watermark")):
        leads = list(patterns.search(material(paint), seed=0))
        assert (leads[0].hint.flag, leads[0].hint.label) == (flag, "dog")


def test_a_tag_is_not_what_else_differs_beside_it() -> None:
    """Beside the tag, faint ticks all along the edges: many pixels, little of the structure."""

    def tag_and_ticks(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        corner_tag(pictures, labels)
        cat = labels == "cat"
        pictures[cat, 36:40, ::4] -= 30
        pictures[cat, 8:34:4, :3] -= 30

    (lead,) = [one for one in patterns.search(material(tag_and_ticks), seed=0) if one.suspicion]
    assert lead.hint.flag == "fixed-marker"


def test_a_tag_and_a_ruler_are_two_leads() -> None:
    def both(pictures: np.ndarray, labels: np.ndarray, *_: np.ndarray) -> None:
        corner_tag(pictures, labels)
        pictures[labels == "cat", 36:40, ::4] = 20

    found = [one.hint for one in patterns.search(material(both), seed=0) if one.suspicion]
    assert [(one.flag, one.label, one.strong) for one in found] == [
        ("fixed-marker", "cat", True),
        ("border", "cat", True),
    ]


def test_noise_pictures_have_no_pattern() -> None:
    assert not any(list(patterns.search(material(seed=seed), seed)) for seed in range(3, 9))


def test_marks_in_several_corners_roam_and_are_no_border() -> None:
    found = search.discover(material(corners, n=240), seed=0)
    assert [one.flag for one in found.suspicions] == ["roaming-marker"]
    (pattern,) = [one for one in patterns.search(material(corners, n=240), 0) if one.suspicion]
    assert pattern.suspicion is not None
    assert pattern.suspicion.flag == "roaming-marker"
    assert pattern.hint.strong
    assert all((right - left) < 0.4 for _, left, _, right in pattern.suspicion.boxes.values())
    assert len(set(pattern.suspicion.boxes.values())) == 4
