"""Whether maps follow the object."""

import numpy as np

from gradcam_core.findings.search import grids, swapped_regions
from tests.findings.findings_made import material
from tests.findings.search.tags import noise_only


def test_maps_that_follow_the_object_pass_the_swap_and_others_do_not() -> None:
    def objects(_p: np.ndarray, _l: np.ndarray, cover: np.ndarray, maps: np.ndarray) -> None:
        maps += 20 * grids.averaged(cover, (5, 8)).astype(np.float32)

    (follows,) = swapped_regions.hints(material(objects), seed=0)
    assert not follows.strong
    assert follows.effect > 0.05
    strong = [next(iter(swapped_regions.hints(noise_only(seed), seed))).strong for seed in range(10)]
    assert np.mean(strong) > 0.5


def test_objects_at_one_place_cannot_be_swapped() -> None:
    def centred(_p: np.ndarray, _l: np.ndarray, cover: np.ndarray, _m: np.ndarray) -> None:
        cover[:] = 0
        cover[:, 10:20, 10:20] = 1

    assert not list(swapped_regions.hints(material(centred), seed=0))
