"""Places that are hot in one class only."""

import numpy as np
import pytest

from gradcam_core.findings.search import grids, hotspots
from tests.findings.findings_made import N, material
from tests.findings.search.tags import noise_only


def hot_corner(_p: np.ndarray, labels: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
    maps[labels == "cat", 0, 7] += 5


def test_a_hot_corner_of_one_class_is_a_fixed_spot() -> None:
    leads = list(hotspots.search(material(hot_corner), seed=0))
    assert len(leads) == 1
    found, suspicion = leads[0].hint, leads[0].suspicion
    assert (found.flag, found.label, found.strong) == ("fixed-marker", "cat", True)
    assert found.cells == ((0, 7),)
    assert found.grid == (5, 8)
    assert suspicion is not None
    assert suspicion.boxes["s0"] == pytest.approx((0.0, 7 / 8, 0.2, 1.0))
    assert set(suspicion.samples) <= {f"s{row}" for row in range(0, N, 2)}


def test_a_corner_that_is_hot_in_every_class_is_no_lead() -> None:
    def everywhere(_p: np.ndarray, _l: np.ndarray, _c: np.ndarray, maps: np.ndarray) -> None:
        maps[:, 0, 7] += 5

    assert not list(hotspots.search(material(everywhere), seed=0))


def test_heat_on_the_object_is_no_hot_spot() -> None:
    def objects(_p: np.ndarray, labels: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
        maps += 20 * grids.averaged(cover, (5, 8)).astype(np.float32)

    assert not list(hotspots.search(material(objects), seed=0))


def test_noise_maps_give_hot_spots_in_few_of_many_runs() -> None:
    found = sum(lead.hint.strong for seed in range(200) for lead in hotspots.search(noise_only(seed), seed))
    assert found <= 9  # 2 % of 200 runs, binomial 99 % bound
