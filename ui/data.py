"""Cached loads for the pages. A run never changes its meaning, so its path is the whole cache key."""

from pathlib import Path

import pandas as pd
import streamlit as st

from gradcam_core import paths
from gradcam_core.store import TABLE, Run, list_runs, open_run

CATEGORIES = ("label", "predicted", "explained", "status", "fine_status", "region_source")


@st.cache_data(ttl=3, max_entries=4, show_spinner=False)
def _run_folders(runs: str) -> dict[str, str]:
    return {run.id: str(run.path) for run in list_runs(Path(runs))}


def run_paths() -> dict[str, str]:
    """Run id -> folder, newest first."""
    return _run_folders(str(paths.runs_dir()))


@st.cache_resource(max_entries=32, show_spinner=False)
def _open(path: str) -> Run:
    return open_run(Path(path))


def run(run_id: str) -> Run | None:
    """The run with this id, or None where there is no such run (any more)."""
    path = run_paths().get(run_id)
    return None if path is None else _open(path)


@st.cache_resource(max_entries=2, show_spinner="Reading the table")
def _table(path: str) -> pd.DataFrame:
    table = pd.read_parquet(Path(path) / TABLE)
    kinds = {name: "category" for name in CATEGORIES if name in table}
    return table.astype(kinds)


def table(of: Run) -> pd.DataFrame:
    """The run's table, classes and states as categories. Shared by all sessions: never change it."""
    return _table(str(of.path))
