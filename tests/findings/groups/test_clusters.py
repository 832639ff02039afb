"""Groups of maps, and how many of them there are."""

import numpy as np

from gradcam_core.findings.groups.clusters import eigengap, spectral


def corners(of_each: int) -> np.ndarray:
    """Maps of 3 × 3 cells, hot in one of three corners."""
    generator = np.random.default_rng(4)
    maps = generator.uniform(0, 0.1, (3 * of_each, 9))
    maps[np.arange(3 * of_each), np.repeat([0, 2, 8], of_each)] += 1
    return maps


def test_maps_of_one_corner_are_one_group() -> None:
    found = spectral(corners(20), seed=0)
    assert [len(set(part)) for part in np.split(found, 3)] == [1, 1, 1]
    assert len(set(found)) == 3


def test_maps_that_are_not_there_are_in_no_group() -> None:
    maps = corners(20)
    maps[5] = np.nan
    assert np.flatnonzero(spectral(maps, seed=0) == -1).tolist() == [5]


def test_few_maps_are_not_grouped() -> None:
    assert (spectral(corners(3), seed=0) == -1).all()


def test_blocks_of_a_graph_are_counted() -> None:
    graph = np.kron(np.eye(4), np.ones((6, 6))) + 1e-4
    assert eigengap(graph) == 4
