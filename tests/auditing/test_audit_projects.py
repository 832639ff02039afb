"""Projects that are not as they should be: unlabelled, without regions, with masks that do not fit."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from gradcam_core.__main__ import main
from gradcam_core.runs.store import Run, open_run
from tests.cli.cli_output import last_json


def audit(project: Path, runs: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Run:
    given = ["audit", str(project), "--runs", str(runs), "--json", "--engine", "tensorflow", *arguments]
    assert main(given) == 0
    return open_run(Path(last_json(capsys.readouterr().out)["run"]))


def test_loose_pictures_without_labels_are_audited(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "loose"
    project.mkdir()
    for path in sorted((tiny_project / "testing" / "light").glob("*.png")):
        shutil.copy(path, project)
    shutil.copy(tiny_project / "model.keras", project)
    table = audit(project, tmp_path / "runs", capsys).table
    assert set(table["predicted"]) == {"class 1"}
    assert table["label"].isna().all()
    assert table["correct"].isna().all()
    assert table["background_focus"].isna().all()
    assert table["border_focus"].notna().all()
    assert table["reason"].str.startswith("no region").all()


def test_a_manifest_brings_labels_missing_labels_and_metadata(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "manifest"
    shutil.copytree(tiny_project / "testing", project / "pictures")
    shutil.copy(tiny_project / "model.keras", project)
    files = [p for p in sorted((project / "pictures").rglob("*.png")) if "broken" not in p.name]
    rows = [
        {"path": str(p.relative_to(project)), "label": p.parent.name, "site": i % 3}
        for i, p in enumerate(files)
    ]
    rows[0]["label"] = None
    pd.DataFrame(rows).to_csv(project / "samples.csv", index=False)
    run = audit(project / "samples.csv", tmp_path / "runs", capsys)
    assert run.manifest["counts"]["unlabelled"] == 1
    assert sorted(run.table["meta_site"].unique()) == [0, 1, 2]
    assert run.table["correct"].dropna().astype(bool).all()


def test_a_mask_of_other_proportions_is_a_note_not_a_failure(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "project"
    shutil.copytree(tiny_project, project)
    wrong = next((project / "masks" / "light").glob("*.png"))
    Image.fromarray(np.full((20, 90), 255, np.uint8)).save(wrong)
    table = audit(project, tmp_path / "runs", capsys).table
    row = table[table["path"].str.endswith(wrong.name)].iloc[0]
    assert row["status"] == "ok"
    assert row["region_source"] == "none"
    assert "region" in row["reason"]
    assert "20" in row["reason"]
    assert np.isnan(row["background_focus"])


def test_one_linear_output_and_two_classes_is_read_as_a_logit(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import keras

    project = tmp_path / "logit"
    shutil.copytree(tiny_project / "testing", project / "testing")
    softmax = keras.saving.load_model(tiny_project / "model.keras")
    pooled = softmax.layers[-2].output
    kernel, bias = softmax.layers[-1].get_weights()
    logit = keras.layers.Dense(1, name="logit")
    model = keras.Model(softmax.inputs, logit(pooled))
    logit.set_weights([kernel[:, 1:] - kernel[:, :1], bias[1:] - bias[:1]])
    model.save(project / "model.h5")
    run = audit(project, tmp_path / "runs", capsys)
    assert run.manifest["model"]["activation"] == "sigmoid"
    assert run.table["correct"].dropna().astype(bool).all()
    assert set(run.table["explained"].dropna()) == {"dark", "light"}
    heat = np.nan_to_num(run.maps())
    for label in ("dark", "light"):
        rows = np.flatnonzero(run.table["explained"] == label)
        assert heat[rows].any(axis=(1, 2)).any(), f"{label}: the evidence for it, not against it"
