"""Exports of a run with hostile names: HTML is escaped, file names are plain, cells are no formulas."""

import re
from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.base.text import no_formula
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.report import inline
from gradcam_core.runs.report.overlays import Look, write_overlays
from gradcam_core.runs.store import Run, open_run
from tests import damages
from tests.hostile_names import hostile_run
from tests.hostile_paths import plant

LOOK = Look(0.45, "image")
MARKUP = re.compile(r"<(?:img src=x|script|a href=.http)", re.IGNORECASE)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return open_run(hostile_run(tmp_path_factory.mktemp("home")))


def test_the_page_and_the_notebook_hold_no_markup_of_names(run: Run, tmp_path: Path) -> None:
    outcomes = ["correct"] * len(run.table)
    pictures = write_overlays(run, outcomes, tmp_path, LOOK)
    assert pictures and all(re.fullmatch(r"[\w./-]+", name) for name in pictures.values())
    searched = read_findings(run.path)
    found = searched.found if searched else ()
    for text in (
        inline.gallery(run, 3),
        *(inline.finding(run, one) for one in found),
    ):
        assert "evil.example" in text or "border" in text.lower() or "elsewhere" in text
        assert not MARKUP.search(text)


def test_cells_of_a_table_are_no_formulas() -> None:
    table = pd.DataFrame({"=head": ["=1+1", "@x", "cat"], "n": [-1.0, 2.0, float("nan")]})
    safe = table.map(no_formula).rename(columns=no_formula)
    assert safe.columns.tolist() == ["'=head", "n"]
    assert safe["'=head"].tolist() == ["'=1+1", "'@x", "cat"]
    assert safe["n"].iloc[0] == -1.0


def test_reports_read_no_picture_outside_the_project(run: Run, tmp_path: Path) -> None:
    import shutil

    copy, root = tmp_path / "run", plant(tmp_path / "gate")
    shutil.copytree(run.path, copy)
    damages.set_field(("project", "root"), str(root), copy)
    table = pd.read_parquet(copy / "samples.parquet")
    table["path"] = ["../outside/canary.png", "out-file", "out/canary.png", "in/a.png"] * (len(table) // 4)
    table.to_parquet(copy / "samples.parquet", index=False)
    written = write_overlays(open_run(copy), ["correct"] * len(table), tmp_path / "out", LOOK)
    assert len(written) == len(table) // 4
    shown = inline.gallery(open_run(copy), 8)
    assert "leads out of the folder" in shown
