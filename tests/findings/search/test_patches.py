"""Patches that recur anywhere in pictures of one class."""

import numpy as np
import pytest

from gradcam_core.findings import search
from gradcam_core.findings.search import patches
from tests.findings.findings_made import HEIGHT, WIDTH, N, material
from tests.findings.search.tags import TAG


def roaming_tag(pictures: np.ndarray, labels: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
    generator = np.random.default_rng(2)
    for row in np.flatnonzero(labels == "cat"):
        top, left = int(generator.choice([0, 30])), int(generator.integers(2, 54))
        pictures[row, top : top + 8, left : left + 8] = TAG
        maps[row, (top + 4) * 5 // HEIGHT, (left + 4) * 8 // WIDTH] += 8


def test_a_roaming_tag_is_found_and_placed() -> None:
    leads = list(patches.search(material(roaming_tag), seed=0))
    found, suspicion = leads[0].hint, leads[0].suspicion
    assert (found.flag, found.label, found.strong) == ("roaming-marker", "cat", True)
    assert suspicion is not None
    generator = np.random.default_rng(2)
    hits = []
    for row in range(0, N, 2):
        top, left = int(generator.choice([0, 30])), int(generator.integers(2, 54))
        box = suspicion.boxes.get(f"s{row}")
        hits.append(box is not None and abs(box[0] * HEIGHT - top) <= 4 and abs(box[1] * WIDTH - left) <= 4)
    assert np.mean(hits) > 0.9


def test_noise_has_no_recurrent_patch() -> None:
    assert not list(patches.search(material(), seed=0))


def still_corner(pictures: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    pictures[labels == "cat", 2:10, 52:60] = TAG
    maps[labels == "cat", 0, 7] += 8


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
