"""The whole way through on a tiny project: command line, run folder, statuses, exit codes."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.__main__ import main
from gradcam_core.maps.scores import SCORES
from gradcam_core.runs.store import Run, open_run
from tests.cli.cli_output import last_json


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


@pytest.mark.parametrize(
    ("arguments", "column", "expected"),
    [
        (["--explain", "light"], "explained", {"light"}),
        (["--explain", "true", "--maps", "classic"], "explained", {"dark", "light"}),
        (["--method", "layer-cam", "--maps", "classic"], "status", {"ok", "unreadable", "empty map"}),
        (["--pooling", "sum_abs", "--maps", "classic"], "reason", None),
        (["--layer", "middle", "--maps", "classic"], "status", {"ok", "unreadable", "empty map"}),
        (["--maps", "fine"], "status", {"ok", "unreadable", "empty map"}),
    ],
)
def test_choices(
    arguments: list[str], column: str, expected: set[str] | None, tiny_project: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code = main(["audit", str(tiny_project), "--runs", str(tmp_path), "--json", *arguments])
    assert code == 0
    out = last_json(capsys.readouterr().out)
    found = open_run(Path(out["run"]))
    values = set(found.table[column].dropna())
    assert values <= expected if expected else "not scored" in " ".join(values)
    if "sum_abs" in arguments:
        assert found.table["background_focus"].isna().all()
        assert found.manifest["maps"]["classic"]["class_specific"] is False
    if "fine" in arguments:
        assert found.map_sets == ("fine",)
        assert found.table["fine_border_focus"].notna().any()


@pytest.mark.parametrize(
    ("change", "arguments", "words"),
    [
        ("no model", [], ["a model in", "--model"]),
        ("no pictures", [], ["test pictures", "--images"]),
        ("third class", [], ["model for 3 classes", "2 outputs", "--labels"]),
        (None, ["--layer", "nowhere"], ["nowhere", "top"]),
        (None, ["--explain", "purple"], ["predicted, true or a class out of: dark, light", "purple"]),
        (None, ["--channels", "1"], ["1 input channels", "model with 3"]),
        (None, ["--method", "layer-cam", "--pooling", "sum_abs"], ["choice of grad-cam"]),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(
    change: str | None, arguments: list[str], words: list[str], tiny_project: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    project = tmp_path / "project"
    shutil.copytree(tiny_project, project)
    if change == "no model":
        (project / "model.keras").unlink()
    elif change == "no pictures":
        shutil.rmtree(project / "testing")
    elif change == "third class":
        shutil.copytree(project / "testing" / "dark", project / "testing" / "grey")
    assert main(["audit", str(project), "--runs", str(tmp_path / "runs"), *arguments]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert all(word in line for word in words), line
    assert not list(tmp_path.glob("runs/*")), "nothing half-written is left"


def test_inspect_says_what_was_understood(tiny_project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", str(tiny_project), "--json"]) == 0
    document = last_json(capsys.readouterr().out)
    assert document["labels"] == {"dark": 6, "light": 5}
    assert document["model"]["classic"] == "top"
    assert document["model"]["layers"][0]["name"] == "early"
    assert {"scaling", "class order", "input size"} <= {fact["name"] for fact in document["facts"]}
    assert document["warnings"] == []
    assert main(["inspect", str(tiny_project)]) == 0
    assert "<- classic" in capsys.readouterr().out


def test_a_wrong_scaling_and_a_wrong_class_order_are_said(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "labels.txt"
    order.write_text("light\ndark\n")
    assert main(["inspect", str(tiny_project), "--json", "--labels", str(order)]) == 0
    warnings = " ".join(last_json(capsys.readouterr().out)["warnings"])
    assert "class order dark, light fits the labels clearly better" in warnings


def test_runs_are_listed_and_progress_is_kept(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = tmp_path / "progress.json"
    arguments = ["audit", str(tiny_project), "--runs", str(tmp_path / "r"), "--maps", "classic"]
    assert main([*arguments, "--progress", str(progress)]) == 0
    assert capsys.readouterr().out.startswith(f"run: {tmp_path / 'r'}")
    report = json.loads(progress.read_text())
    assert (report["stage"], report["done"], report["total"]) == ("computing maps", 11, 11)
    assert main(["runs", "--runs", str(tmp_path / "r")]) == 0
    assert "11 samples" in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["openvino", "openvino-bf16", "tensorflow"])
def test_the_manifest_says_how_well_the_engine_agreed(
    engine: str, tiny_project: Path, tmp_path: Path
) -> None:
    arguments = ["audit", str(tiny_project), "--runs", str(tmp_path), "--maps", "classic"]
    assert main([*arguments, "--engine", engine]) == 0
    (folder,) = tmp_path.iterdir()
    document = open_run(folder).manifest
    (fact,) = [fact for fact in document["facts"] if fact["name"] == "engine"]
    assert fact["value"] == document["engine"] == engine
    if engine == "tensorflow":
        assert document["engine_agreement"] is None
    else:
        assert 0.9 < document["engine_agreement"] <= 1 + 1e-9
        assert f"{document['engine_agreement']:.6f}" in fact["why"]


def test_inspect_says_what_it_knows_before_it_says_what_does_not_fit(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = tmp_path / "labels.txt"
    order.write_text("dark\nlight\nthird\n", encoding="utf-8")
    assert main(["inspect", str(tiny_project), "--labels", str(order)]) == 2
    said = capsys.readouterr()
    assert "What I understood" in said.out and "class order" in said.out
    assert "3 classes" in said.err and "What I understood" not in said.err
