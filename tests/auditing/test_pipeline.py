"""The whole way through on a tiny project: command line, run folder, statuses, exit codes."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.__main__ import main
from gradcam_core.maps.scores import SCORES
from gradcam_core.runs.store import Run, open_run


@pytest.fixture(scope="module")
def run(tiny_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    runs = tmp_path_factory.mktemp("runs")
    assert main(["audit", str(tiny_project), "--runs", str(runs), "--engine", "tensorflow"]) == 0
    (folder,) = runs.iterdir()
    return open_run(folder)


def test_every_sample_is_a_row_and_every_array_has_its_rows(run: Run) -> None:
    assert len(run.table) == 11
    assert run.table["sample_id"].is_unique
    for name in ("heatmaps.npy", "fine_heatmaps.npy", "logits.npy", "embeddings.npy", "cover.npy"):
        assert len(run.array(name)) == 11
    assert {*SCORES, *(f"fine_{name}" for name in SCORES)} <= set(run.table.columns)


def test_the_broken_file_is_a_row_with_a_reason_and_nans(run: Run) -> None:
    (row,) = np.flatnonzero(run.table["status"] == "unreadable")
    assert run.table["path"][row].endswith("dark.broken.png")
    assert run.table["reason"][row]
    assert run.table["predicted"].isna()[row]
    assert np.isnan(run.maps()[row]).all()
    assert np.isnan(run.array("logits.npy")[row]).all()
    assert run.manifest["counts"] == {
        "samples": 11, "ok": 10, "unreadable": 1, "unlabelled": 0, "regions": {"mask": 10, "none": 1},
    }  # fmt: skip


def test_the_model_follows_the_blob_and_so_do_the_maps(run: Run) -> None:
    good = run.table[run.table["status"] == "ok"]
    assert good["correct"].astype(bool).all()
    assert good["object_area"].to_numpy() == pytest.approx(18 * 18 / (48 * 64))
    assert (good["background_focus"] >= 0).all()
    np.testing.assert_allclose(good["chance_focus"], 1 - good["object_area"])


def test_maps_are_raw_and_of_two_sets(run: Run) -> None:
    classic, fine = run.maps("classic"), run.maps("fine")
    assert classic.shape[1:] == tuple(run.manifest["maps"]["classic"]["grid"])
    assert fine.shape[1] >= 2 * classic.shape[1]
    assert run.manifest["maps"]["fine"]["method"] == "layer-cam"
    peaks = np.fmax.reduce(classic, axis=(1, 2))
    assert len(np.unique(peaks[np.isfinite(peaks)])) == 10, "not normalised per picture"


def test_outlines_are_shares_of_the_picture(run: Run) -> None:
    outlines = run.outlines([*run.table["sample_id"], "unknown"])
    assert len(outlines) == 10
    points = np.concatenate([np.asarray(polygon) for polygon in next(iter(outlines.values()))])
    assert 0 <= points.min() < points.max() <= 1
