"""The work that is disturbed: what it writes, and what must be there afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.disk import discard
from gradcam_core.base.files import (
    read_arrays,
    read_json,
    read_table,
    write_arrays,
    write_json,
    write_table,
)
from gradcam_core.base.unzip import extract, pack
from gradcam_core.runs.checksums import verify
from gradcam_core.runs.export import export
from gradcam_core.runs.findings import read_findings, write_findings
from gradcam_core.runs.report.door import report
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.reviews.store import beside
from gradcam_core.runs.store import open_run, survey
from tests.run_factory import Recipe, make_run

FEW = Recipe(n=4)


@dataclass(frozen=True)
class Work:
    """Attributes:
    before: what lies in the folder when it begins.
    do: the work itself.
    seen: what a reader finds afterwards, something that can be compared.
    """

    before: Callable[[Path], object]
    do: Callable[[Path], object]
    seen: Callable[[Path], Any]


def _run(home: Path) -> Path:
    return next(path.parent for path in (home / "runs").glob("*/manifest.json"))


def _runs(home: Path) -> Any:
    found, broken = survey(home / "runs")
    return [(run.id, len(run.table), {one.state for one in verify(run)}) for run in found], list(broken)


def _said(home: Path) -> Any:
    reviews = beside(home)
    return [act.sample for act in reviews.acts("pets")] if not reviews.empty else []


def _act(home: Path, sample: str) -> int:
    return beside(home).record_all([Act("pets", sample, "ab", "Ana", "shortcut", id=sample)])


def _unpacked(home: Path) -> Any:
    try:
        extract(home / "a.zip", home / "out", lambda _: True, "a.zip")
    except FileNotFoundError:
        return None
    return sorted(path.name for path in (home / "out").rglob("*"))


def _small_tree(home: Path) -> None:
    (home / "tree").mkdir()
    (home / "tree" / "a").write_text("a" * 99)


def _text(file: Path) -> Any:
    return file.read_text(encoding="utf-8")[-20:] if file.exists() else None


CARELESS = Work(
    lambda home: (home / "a").write_text("old"),
    lambda home: ((home / "a").unlink(), (home / "a").write_text("new")),
    lambda home: _text(home / "a"),
)
"""What the harness has to find out: a file that is removed before the new one is written."""

WORKS: Mapping[str, Work] = {
    "JSON": Work(
        lambda home: write_json(home / "a", 1),
        lambda home: write_json(home / "a", 2),
        lambda home: read_json(home / "a"),
    ),
    "table": Work(
        lambda home: write_table(home / "a", pd.DataFrame({"n": [1]})),
        lambda home: write_table(home / "a", pd.DataFrame({"n": [2]})),
        lambda home: None if (found := read_table(home / "a")) is None else list(found["n"]),
    ),
    "arrays": Work(
        lambda home: write_arrays(home / "a", {"n": np.ones(9)}),
        lambda home: write_arrays(home / "a", {"n": np.zeros(9)}),
        lambda home: None if (found := read_arrays(home / "a")) is None else float(found["n"].sum()),
    ),
    "a run": Work(lambda home: (home / "runs").mkdir(), lambda home: make_run(home, FEW), _runs),
    "findings": Work(
        lambda home: write_findings(make_run(home, FEW), [], seed=1),
        lambda home: write_findings(_run(home), [], seed=2),
        lambda home: None if (found := read_findings(_run(home))) is None else found.facts,
    ),
    "a report": Work(
        lambda home: make_run(home, FEW),
        lambda home: report(_run(home), home / "a.html", samples=1),
        lambda home: _text(home / "a.html"),
    ),
    "an export": Work(
        lambda home: make_run(home, FEW),
        lambda home: export(open_run(_run(home)), home / "a.csv"),
        lambda home: _text(home / "a.csv"),
    ),
    "verdicts": Work(lambda home: _act(home, "s1"), lambda home: _act(home, "s2"), _said),
    "a zip": Work(_small_tree, lambda home: pack(home / "tree", home / "a.zip"), _unpacked),
    "a removal": Work(
        lambda home: make_run(home, FEW),
        lambda home: discard(_run(home)),
        _runs,
    ),
}
