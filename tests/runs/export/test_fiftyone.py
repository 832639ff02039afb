"""The zip for FiftyOne: its classification format, and a loader that is run against a stand-in for it."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import pytest

from gradcam_core.runs.export import export
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run

STAND_IN = """
import json
class Label:
    def __init__(self, **said): self.__dict__.update(said)
Classification = Heatmap = Polylines = Polyline = Label
class Sample:
    def __init__(self, filepath): self.said = {"filepath": filepath}
    def __setitem__(self, name, value): self.said[name] = value
class Dataset:
    def __init__(self, name, persistent): self.name = name
    def add_samples(self, samples):
        print(json.dumps([{**one.said, "tags": one.tags} for one in samples], default=vars))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    recipe = Recipe(n=8, every_unlabelled=6, every_unreadable=5, every_without_region=4)
    return open_run(make_run(tmp_path_factory.mktemp("home"), recipe))


@pytest.fixture(scope="module")
def folder(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fiftyone")
    with zipfile.ZipFile(export(run, folder / "x.zip", format="fiftyone")) as packed:
        packed.extractall(folder)
    return folder


def test_pictures_and_labels_are_in_its_own_format(run: Run, folder: Path) -> None:
    labels = json.loads((folder / "labels.json").read_text())
    readable = run.table[run.table["status"] != "unreadable"]
    known = {
        f"{row:07d}": one["label"] for row, one in readable.iterrows() if isinstance(one["label"], str)
    }
    assert labels == {"classes": None, "labels": known} and len(known) == 6
    assert {one.stem for one in (folder / "data").iterdir()} == {f"{row:07d}" for row in readable.index}
    for row in readable.index:
        heat = cv2.imread(str(folder / "heatmaps" / f"{row:07d}.png"), cv2.IMREAD_UNCHANGED)
        picture = cv2.imread(str(folder / "data" / f"{row:07d}.jpg"))
        assert heat.shape == picture.shape[:2] == (90, 120) and heat.dtype == "uint8" and heat.max() > 200


@pytest.mark.slow
def test_the_loader_makes_a_sample_of_each_picture(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "fiftyone.py").write_text(STAND_IN)
    command = [sys.executable, str(folder / "load.py")]
    told = {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first = json.loads(done.stdout.splitlines()[0])[0]
    row = run.table.iloc[0]
    assert Path(first["filepath"]).is_file() and Path(first["heat"]["map_path"]).is_file()
    assert first["ground_truth"] == {"label": row["label"]} and first["tags"] == []
    assert first["prediction"] == {
        "label": row["predicted"],
        "confidence": pytest.approx(row["confidence"]),
    }
    assert first["region"]["polylines"][0]["closed"] and first["sample_id"] == "sample-00000"
    assert f"7 samples in the data set {run.id}" in done.stdout
