"""Tables of filtered samples as CSV, JSON and Parquet; and whatever else every format has in common."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.export import EXPORTS, export, format_of
from gradcam_core.runs.store import Run, open_run
from tests.hostile_names import hostile_run
from tests.run_factory import Recipe, make_run

WHERE = "outcome=wrong&sort=confidence&order=desc"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    alarm = {
        "name": "input range",
        "value": "",
        "origin": "guessed",
        "why": "",
        "warning": "not known",
        "alarm": True,
    }
    recipe = Recipe(n=24, every_unreadable=7, extra={"facts": [alarm]})
    return open_run(make_run(tmp_path_factory.mktemp("home"), recipe))


@pytest.fixture(scope="module")
def wanted(run: Run) -> list[str]:
    table = run.table[run.table["correct"].eq(False).fillna(False)]
    return table.sort_values("confidence", ascending=False)["sample_id"].tolist()


def test_csv_has_the_rows_in_the_asked_order_and_says_the_alarm(
    run: Run, wanted: list[str], tmp_path: Path
) -> None:
    with export(run, tmp_path / "x.csv", where=WHERE).open(newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["sample_id"] for row in rows] == wanted and len(wanted) > 3
    assert {row["alarm"] for row in rows} == {"not known"}


def test_json_has_null_for_what_is_not_known(run: Run, tmp_path: Path) -> None:
    found = json.loads(export(run, tmp_path / "x.json").read_text())
    assert (found["run"], found["alarms"], len(found["samples"])) == (run.id, ["not known"], 24)
    unreadable = found["samples"][6]
    assert unreadable["status"] == "unreadable" and unreadable["confidence"] is None
    assert found["samples"][0]["confidence"] == pytest.approx(run.table["confidence"].iloc[0], abs=1e-12)


def test_parquet_is_the_same_table(run: Run, wanted: list[str], tmp_path: Path) -> None:
    found = pd.read_parquet(export(run, tmp_path / "x.parquet", where=WHERE))
    expected = run.table.set_index("sample_id").loc[wanted].reset_index()
    pd.testing.assert_frame_equal(found[expected.columns], expected, check_dtype=False)


def test_no_cell_and_no_head_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    run = open_run(hostile_run(tmp_path))
    table = run.table.assign(label=["=1+1", "+1", "-1", "@x", "\tx", "'=ok", "cat", "cat"] * 10)
    table["=head"] = "x"
    table.to_parquet(run.path / "samples.parquet", index=False)
    with export(run.path, tmp_path / "x.csv").open(newline="") as opened:
        rows = list(csv.reader(opened))
    at = rows[0].index("label")
    assert [row[at] for row in rows[1:8]] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "'=ok", "cat"]
    assert "'=head" in rows[0]
    numbers = [name for name in table.columns if pd.api.types.is_float_dtype(table[name])]
    text = [[row[rows[0].index(name)] for name in numbers] for row in rows[1:]]
    assert all(not cell.startswith("'") for row in text for cell in row), "numbers stay numbers"


def test_an_ending_says_the_format(run: Run, tmp_path: Path) -> None:
    endings = {format_of(Path(f"x{kind.suffix}")) for kind in EXPORTS.values()}
    others = {"coco", "label-studio", "fiftyone", "dicom"}
    assert endings == {"csv", "json", "parquet", "zip", "markdown", "pdf"} == set(EXPORTS) - others
    for name in ("x.xlsx", "x", "csv"):
        with pytest.raises(AuditError, match=r"ends in \.csv"):
            export(run, tmp_path / name)
    with pytest.raises(AuditError, match="export format out of: coco, csv"):
        export(run, tmp_path / "x.json", format="xlsx")
    assert not list(tmp_path.iterdir())
