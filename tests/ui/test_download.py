"""What leaves the house from a page: which buttons there are, and what a press of them makes."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base import paths
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe
from tests.searched_run import QUIET, searched, uses
from tests.ui.app_pages import opened
from ui import download
from ui.jobs import Job


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    searched(home, (uses(), QUIET), recipe=Recipe(n=20))
    return home


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GRADCAM_HOME", str(home))
    return open_run(next((home / "runs").iterdir()))


def labels(page: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    test = opened(page, home, monkeypatch)
    assert not test.exception and not test.error
    return [entry.proto.label for entry in test.get("download_button")]


def test_the_gallery_offers_samples_and_the_findings_page_findings(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = labels("2_Gallery.py", home, monkeypatch)
    assert {"Table (CSV)", "Table (JSON)", "Table (Parquet)", "Regions (COCO)"} <= set(offered)
    assert "Findings (Markdown)" not in offered
    assert {"Tasks (Label Studio)", "Data set (FiftyOne)", "Overlays (DICOM)"} <= set(offered)
    assert labels("5_Findings.py", home, monkeypatch) == ["Findings (Markdown)", "Findings (PDF)"]


def test_what_is_made_holds_the_rows_in_their_order(run: Run) -> None:
    text = download._made(run, np.array([5, 2]), "csv")().decode()
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == ["sample-00005", "sample-00002"]


def test_overlays_of_foreign_projects_are_not_drawn(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows = np.arange(5)
    monkeypatch.setenv("GRADCAM_ROOTS", str(run.root))
    assert download._may_draw(run, rows)
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path))
    assert not download._may_draw(run, rows)


def test_only_a_file_in_the_folder_of_reports_is_handed_over(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    folder = download.reports()
    folder.mkdir(parents=True)
    (folder / "a.html").write_text("x")
    (paths.cache_dir() / "b.html").write_text("x")

    def job(said: str) -> Job:
        (tmp_path / "stdout").write_text(f'{{"report": "{said}"}}\n')
        return Job(tmp_path, "report", str(run.path), {}, (), "", 0, 0.0, "done", 0)

    assert download.made(job(str(folder / "a.html"))) == (folder / "a.html").resolve()
    assert download.made(job("../b.html")) is None and download.made(job("")) is None
