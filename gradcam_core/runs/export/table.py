"""The table of samples as CSV, JSON and Parquet."""

import json
from pathlib import Path

import pandas as pd

from gradcam_core.base.text import no_formula
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run


def table_of(run: Run, rows: Rows) -> pd.DataFrame:
    """These rows of the run's table; with a column ``alarm`` where the run has alarms."""
    table = run.table.iloc[rows].reset_index(drop=True)
    return table.assign(alarm=" ".join(run.alarms)) if run.alarms else table


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """CSV in UTF-8; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    safe = table.map(no_formula).rename(columns=no_formula)
    safe.to_csv(path, index=False)


def _csv(run: Run, rows: Rows, path: Path) -> None:
    write_csv(table_of(run, rows), path)


def _json(run: Run, rows: Rows, path: Path) -> None:
    samples = json.loads(run.table.iloc[rows].to_json(orient="records", double_precision=15))
    whole = {"run": run.id, "project": run.name, "alarms": run.alarms, "samples": samples}
    path.write_text(
        json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8"
    )


def _parquet(run: Run, rows: Rows, path: Path) -> None:
    table_of(run, rows).to_parquet(path, index=False)


EXPORTS.add("csv", Export("Table (CSV)", ".csv", "text/csv", _csv))
EXPORTS.add("json", Export("Table (JSON)", ".json", "application/json", _json))
EXPORTS.add("parquet", Export("Table (Parquet)", ".parquet", "application/vnd.apache.parquet", _parquet))
