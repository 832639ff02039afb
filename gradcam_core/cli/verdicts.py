"""verdicts RUN: what people said of its samples and findings."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.base.text import no_formula
from gradcam_core.cli._say import say
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.store import open_run
from gradcam_core.runs.verdicts import verdicts


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("verdicts", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="a JSON list on standard output")
    how.add_argument("--csv", type=Path, metavar="FILE", help="write a table for spreadsheets")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    opened = open_run(args.path)
    searched = read_findings(opened.path)
    table, acts = verdicts(opened, searched.found if searched else ())
    if args.json:
        print(table.to_json(orient="records", force_ascii=False))
    elif args.csv is not None:
        table.map(no_formula).to_csv(args.csv, index=False)
        say(f"{len(table)} verdicts and comments: {args.csv}")
    else:
        say(text(table))
    for change in sorted({(act.kind, act.sample) for act in acts.changed}):
        say(f"changed since it was judged, its verdicts are left out: {' '.join(change)}", sys.stderr)
    if acts.gone:
        lost = len({act.subject for act in acts.gone})
        say(f"judged in other audits of this project and not in this one: {lost}", sys.stderr)
    return 0


def text(table: pd.DataFrame) -> str:
    """One line per verdict."""
    if table.empty:
        return "no verdicts yet; give them in the dashboard, on Gallery, Sample or Findings"
    return "\n".join(_line(row) for row in table.to_dict("records"))


def _line(row: Any) -> str:
    comment = f"  {json.dumps(row['comment'], ensure_ascii=False)}" if row["comment"] else ""
    said = row["verdict"] or "(comment)"
    return f"{row['time'][:16]}  {row['reviewer']}: {said}  {row['kind']} {row['sample_id']}{comment}"
