"""Verdicts hang on a project and on the content of what was judged, whatever run shows it."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.runs.findings import Finding
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import (
    COLUMNS,
    contents,
    finding_contents,
    finding_key,
    reviews_of,
    verdicts,
)
from tests.run_factory import Recipe, make_run

FINDING = Finding("background", 3, "cat", statement="5 in 10 change", effect=0.5)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return open_run(make_run(tmp_path))


def said(run: Run, sample: str, verdict: str = "shortcut") -> Act:
    content = contents(run, run.table, [sample])[sample]
    return Act(run.name, sample, content, "Ana", verdict, run=run.id)


def again(run: Run) -> Run:
    """Another run of the same project, as a new audit would write it."""
    copy = run.path.with_name("later")
    shutil.copytree(run.path, copy)
    return open_run(copy)


def picture(run: Run, row: int) -> Path:
    return run.root / "pictures" / f"{row:03d}.png"


def test_a_new_run_keeps_the_verdicts_of_its_pictures(run: Run) -> None:
    reviews_of(run).record_all([said(run, "sample-00003"), said(run, "sample-00004", "unsure")])
    table, _ = verdicts(again(run), [])
    assert list(table.columns) == list(COLUMNS)
    assert list(zip(table["sample_id"], table["verdict"], strict=True)) == [
        ("sample-00003", "shortcut"),
        ("sample-00004", "unsure"),
    ]


def test_a_picture_that_changed_loses_its_verdict_and_is_named(run: Run) -> None:
    reviews_of(run).record_all([said(run, "sample-00003")])
    picture(run, 3).write_bytes(picture(run, 4).read_bytes() + b"\0")
    table, acts = verdicts(run, [])
    assert table.empty and [one.sample for one in acts.changed] == ["sample-00003"]


def test_a_picture_that_was_renamed_keeps_its_verdict(run: Run, tmp_path: Path) -> None:
    reviews_of(run).record_all([said(run, "sample-00003")])
    table = run.table.assign(sample_id=["x" + name for name in run.table["sample_id"]])
    later = again(run)
    table.to_parquet(later.path / "samples.parquet", index=False)
    assert list(verdicts(open_run(later.path), [])[0]["sample_id"]) == ["xsample-00003"]


def test_a_picture_that_is_gone_is_counted(run: Run) -> None:
    reviews_of(run).record_all([said(run, "sample-00003")])
    picture(run, 3).unlink()
    table, acts = verdicts(run, [])
    assert table.empty and not acts.changed and len(acts.gone) == 1


def test_pictures_outside_the_folders_that_may_be_read_are_not_looked_at(run: Run, tmp_path: Path) -> None:
    assert contents(run, run.table, ["sample-00003"], (tmp_path / "elsewhere",)) == {}
    assert contents(run, run.table, ["sample-00003"], (tmp_path,))


def test_two_objects_on_one_picture_are_two(tmp_path: Path) -> None:
    def objects(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            cells=[f"{row},0" for row in range(len(table))], boxes="", path="pictures/000.png"
        )

    run = open_run(make_run(tmp_path, Recipe(finish=objects)))
    found = contents(run, run.table, ["sample-00001", "sample-00002"])
    assert len(set(found.values())) == 2


def test_a_finding_is_judged_as_it_stands_and_named_where_it_changed(run: Run) -> None:
    key = finding_key(FINDING)
    content = finding_contents([FINDING])[key]
    act = Act(run.name, key, content, "Ana", "acceptable context", kind="finding")
    reviews_of(run).record_all([act])
    assert list(verdicts(run, [FINDING])[0]["verdict"]) == ["acceptable context"]
    weaker = Finding("background", 2, "cat", statement="1 in 10 changes", effect=0.1)
    table, acts = verdicts(run, [weaker])
    assert table.empty and [one.sample for one in acts.changed] == [key]
    assert len(verdicts(run, [])[1].gone) == 1


def test_without_any_verdict_there_is_an_empty_table_and_no_file(run: Run) -> None:
    table, _ = verdicts(run, [])
    assert list(table.columns) == list(COLUMNS) and table.empty
    assert not (run.path.parent / "reviews.sqlite").exists()
