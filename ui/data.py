"""Cached loads for the pages. A run never changes its meaning, so its path is the whole cache key."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st
from numpy.typing import NDArray

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import MapSet
from gradcam_core.runs import findings, queries
from gradcam_core.runs.damage import damage
from gradcam_core.runs.findings import Searched
from gradcam_core.runs.queries import Filters, Rows
from gradcam_core.runs.redrawn import drawn_on, redrawn
from gradcam_core.runs.store import Run, open_run, survey
from gradcam_core.runs.verdicts import has_reviews, reviews_of

# Arrow's own allocator clears huge pages: a table of a million rows then takes three times as long to read
pa.set_memory_pool(pa.system_memory_pool())

CATEGORIES = ("label", "predicted", "explained", "outcome", "status", "fine_status", "region_source")
PEAK_SAMPLES = 2000
FEW_NUMBERS = 5


def _without_place(error: AuditError, runs: str) -> str:
    """What was expected and found; viewers are not told where on the disk that was."""
    return f"{error.expected}; found {error.found}".replace(f"{runs}/", "")


@st.cache_data(ttl=3, max_entries=4, show_spinner=False)
def _run_folders(runs: str) -> tuple[dict[str, str], dict[str, str]]:
    found, damaged = survey(Path(runs))
    reasons = {name: _without_place(error, runs) for name, error in damaged.items()}
    known: dict[str, str] = {}
    for one in found:
        if one.id not in known or one.path.name == one.id:  # a copy does not stand in for the original
            known[one.id] = str(one.path)
    return known, reasons


def run_paths() -> dict[str, str]:
    """Run id -> folder, newest first."""
    return _run_folders(str(paths.runs_dir()))[0]


def unusable_runs() -> dict[str, str]:
    """Folder name -> why this run cannot be opened."""
    return _run_folders(str(paths.runs_dir()))[1]


@st.cache_data(max_entries=64, show_spinner=False)
def _damage(path: str) -> tuple[str, ...]:
    return damage(open_run(Path(path)))


def damage_of(of: Run) -> tuple[str, ...]:
    """One phrase for each damaged file of a run."""
    return _damage(str(of.path))


@st.cache_resource(max_entries=32, show_spinner=False)
def _open(path: str) -> Run:
    return open_run(Path(path))


def run(run_id: str) -> Run | None:
    """The run with this id as people see it, or None where there is no such run (any more)."""
    whole = as_written(run_id)
    return None if whole is None else seen(whole)


def as_written(run_id: str) -> Run | None:
    """The run with this id as its files are, whatever people drew since."""
    path = run_paths().get(run_id)
    return None if path is None else _open(path)


@st.cache_resource(max_entries=32, ttl=60, show_spinner=False)
def _seen(path: str, version: int) -> Run:
    whole = _open(path)
    found = drawn_on(whole, paths.roots_of_pages())
    return redrawn(whole, found) if found else whole


def seen(of: Run) -> Run:
    """A run with the regions that people drew; without them where what people said cannot be read."""
    try:
        version = reviews_of(of).regions(of.name) if has_reviews(of) else 0
        found = _seen(str(of.path), version) if version else of
    except AuditError:
        return of
    return found


def opened(key: str) -> Run:
    """The run of a key: what is kept of a run has its key, so that another region makes another one."""
    run = _open(key.partition("\n")[0])
    return seen(run) if run.key != key else run


@st.cache_resource(max_entries=2, show_spinner="Reading the table")
def _table(key: str) -> pd.DataFrame:
    return opened(key).categorised(CATEGORIES).astype({"correct": "boolean"})


def table(of: Run) -> pd.DataFrame:
    """The run's table, classes and states as categories. Shared by all sessions: never change it."""
    return _table(of.key)


def records(of: Run, rows: Rows) -> list[dict[str, Any]]:
    """These rows of the table as dictionaries, column name to value."""
    found = table(of).iloc[rows].to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in found]


@st.cache_data(max_entries=16, show_spinner=False)
def _shared_top(path: str, map_set: MapSet) -> float:
    maps = open_run(Path(path)).maps(map_set)
    rows = np.unique(np.linspace(0, len(maps) - 1, min(len(maps), PEAK_SAMPLES)).astype(int))
    peaks = maps[rows].max(axis=(1, 2)) if len(rows) else np.zeros(1)
    finite = peaks[np.isfinite(peaks)]
    return float(np.percentile(finite, 99)) if len(finite) else 0.0


def shared_top(of: Run, map_set: MapSet) -> float:
    """The raw value that is brightest under "one scale for all": 99 % of the maps peak below it.

    Looks at up to 2,000 maps spread evenly over the run.
    """
    return _shared_top(str(of.path), map_set)


@st.cache_resource(max_entries=16, show_spinner=False)
def _ordered(path: str, sort: str, descending: bool) -> NDArray[np.int32]:
    return queries.ordering(_table(path), sort, descending)


@st.cache_resource(max_entries=16, show_spinner=False)
def _order(path: str, filters: Filters, sort: str, descending: bool) -> Rows:
    ordered = _ordered(path, sort, descending) if sort else None
    rows = queries.select(_table(path), filters, sort, descending, ordered)
    rows.flags.writeable = False  # shared by all sessions
    return rows


def order(of: Run, filters: Filters, sort: str, descending: bool) -> Rows:
    """Row positions of the matching samples, in order; remembered for previous and next."""
    return _order(of.key, filters, sort, descending)


@st.cache_data(max_entries=256, show_spinner=False)
def _choices(path: str, column: str) -> list[str]:
    return queries.choices(_table(path), column)


def choices(of: Run, column: str) -> list[str]:
    """What occurs in a column, as text."""
    return _choices(of.key, column)


@st.cache_data(max_entries=256, show_spinner=False)
def _extent(path: str, column: str) -> tuple[float, float] | None:
    values = _table(path)[column]
    if not pd.api.types.is_numeric_dtype(values) or values.nunique() <= FEW_NUMBERS:
        return None
    return float(values.min()), float(values.max())


def extent(of: Run, column: str) -> tuple[float, float] | None:
    """Smallest and largest value of a numeric column; None where a list of its values says more."""
    return _extent(of.key, column)


def stamp(path: Path) -> int:
    """When a file was last replaced, 0 where there is none: part of the key of what is kept of it."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def searched(of: Run) -> Searched | None:
    """The findings of a run; None where nobody has searched it yet."""
    changed = stamp(of.path / findings.FINDINGS)
    return _searched(str(of.path), changed) if changed else None


@st.cache_data(max_entries=16, show_spinner=False)
def _searched(path: str, changed: int) -> Searched | None:
    return findings.read_findings(Path(path))
