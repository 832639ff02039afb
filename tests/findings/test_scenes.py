"""The regions that the edits of a whole run get."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.types import Floats
from gradcam_core.findings import loading
from gradcam_core.findings.loading import gather, load_pictures
from gradcam_core.findings.scenes import searched_scenes
from gradcam_core.findings.subset import searched_subset
from gradcam_core.images.regions.estimate import Estimate
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture
def middle(monkeypatch: pytest.MonkeyPatch) -> Floats:
    """Every estimate is the middle of the picture, and believed."""
    cover = np.zeros((32, 32), np.float32)
    cover[8:24, 8:24] = 1
    monkeypatch.setattr(loading, "estimate_cover", lambda *_: Estimate(cover, agreement=1.0))
    return cover


def test_edits_of_a_run_without_regions_get_the_estimated_ones(middle: Floats, tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=6, pictures=6, regions=False)))
    subset = searched_subset(run)
    pictures, read = load_pictures(subset, tmp_path, lambda *_: None)
    scenes = searched_scenes(subset, gather(subset, pictures, read, lambda *_: None), pictures)
    assert set(scenes.region_source) == {"estimated"}
    assert (np.asarray(scenes.cover) == middle).all()


def test_outlines_of_a_run_are_drawn_at_the_size_of_the_input(tmp_path: Path) -> None:
    run = open_run(make_run(tmp_path, Recipe(n=6, pictures=6, every_without_region=3)))
    subset = searched_subset(run)
    pictures, read = load_pictures(subset, tmp_path, lambda *_: None)
    scenes = searched_scenes(subset, gather(subset, pictures, read, lambda *_: None), pictures)
    assert np.asarray(scenes.cover).shape[1:] == run.input_spec.size
    known = np.isfinite(np.asarray(scenes.cover)).all(axis=(1, 2))
    assert known.sum() == 4
