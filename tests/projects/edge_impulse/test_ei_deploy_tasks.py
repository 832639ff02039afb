"""The deployment block on each task: one zip, overlays by outcome, a page that speaks the task's words."""

import csv
import io
import zipfile
from html import unescape
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.projects.edge_impulse import numbers_of_studio as numbers
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.anomalies import LABELS, as_detector
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.fomo import as_detection
from tests.projects.edge_impulse.studio import Studio, error, serve

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def deployed(studio: Studio, folder: Path, *more: str) -> tuple[list[dict[str, str]], str]:
    """Its table and its page; checked for what holds for every task."""
    with serve(studio):
        metadata = mount(folder, studio)
        packed = studio.files.get("tflite-h5") or toy.model_zip()
        (folder / "input" / "trained.h5.zip").write_bytes(packed)
        assert main(["deploy", "--metadata", str(metadata), "--minutes", "0", *more]) == 0
    assert [path.name for path in (folder / "output").iterdir()] == ["deploy.zip"]
    found = zipfile.ZipFile(folder / "output" / "deploy.zip")
    rows = list(csv.DictReader(io.StringIO(found.read("samples.csv").decode())))
    assert len(rows) == toy.COUNT
    for row in rows:
        assert row["overlay"].split("/")[0] == row["outcome"] and row["overlay"] in found.namelist()
    assert not [name for name in found.namelist() if "metadata" in name]
    return rows, unescape(found.read("summary.html").decode())


def counted(rows: list[dict[str, str]]) -> dict[str, int]:
    outcomes = [row["outcome"] for row in rows]
    return {name: outcomes.count(name) for name in sorted(set(outcomes))}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Path:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return tmp_path


def test_numbers(home: Path) -> None:
    rows, page = deployed(numbers.studio(), home)
    assert counted(rows) == {"correct": 9, "incorrect": 2, "unlabelled": 1}
    assert f"An answer within {numbers.ALLOWED:g} of the target counts as correct." in page


def test_objects(home: Path) -> None:
    """A cell below the threshold is no object at all, so nothing is uncertain."""
    rows, page = deployed(as_detection(Studio()), home, "--pooling-gradients", "sum_abs")
    assert counted(rows) == {"correct": 11, "incorrect": 1}
    assert "A cell counts as an object from a probability of 0.6 on." in page and "uncertain" not in page
    assert all("not class-specific" in row["reason"] for row in rows)
    assert not any(row["background_focus"] for row in rows) and all(row["cells"] for row in rows)


def test_anomalies(home: Path) -> None:
    """Labels are what the project's settings say, which the metadata file does not hold."""
    rows, page = deployed(as_detector(Studio(), **LABELS), home)
    assert {row["label"] for row in rows} == {"anomaly", "no anomaly"}
    assert set(counted(rows)) <= {"correct", "incorrect"} and all(row["anomaly_score"] for row in rows)
    assert "counts as an anomaly." in page and "uncertain" not in page


def test_a_key_that_may_not_read_the_projects_page(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Then only Studio's own words are known, here none of the labels: an error that says what lacks."""
    studio = as_detector(Studio(), **LABELS)
    studio.fault = lambda _number, path: error("no", 403) if path == f"/v1/api/{toy.PROJECT}" else None
    with serve(studio):
        assert main(["deploy", "--metadata", str(mount(home, studio))]) == 2
    assert "at least 8 normal pictures" in capsys.readouterr().err
    assert not list((home / "output").iterdir())
