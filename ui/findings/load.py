"""What ``findings`` left in a run folder, read with care: files there are replaced, and may be damaged."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from gradcam_core.base.errors import RunError
from gradcam_core.base.files import read_table
from gradcam_core.runs import findings
from gradcam_core.runs.examples import FOLDER, INDEX, ExamplePictures, read_examples
from gradcam_core.runs.store import Run
from gradcam_core.runs.trust import read_trust
from ui.data import searched, stamp

__all__ = ["examples", "searched", "stamp", "table", "trust"]
DAMAGED = (OSError, ValueError, LookupError, TypeError, AttributeError, pa.ArrowException)


def table(run: Run, name: str, columns: tuple[str, ...]) -> tuple[pd.DataFrame | None, str]:
    """(a table of the run folder, "") or (None, why not); "" for a table that nobody has made yet."""
    changed = stamp(run.path / name)
    return _table(str(run.path), name, columns, changed) if changed else (None, "")


@st.cache_data(max_entries=8, show_spinner=False)
def _table(path: str, name: str, columns: tuple[str, ...], changed: int) -> tuple[pd.DataFrame | None, str]:
    try:
        found = read_table(Path(path) / name)
    except DAMAGED as error:
        return None, f"{name} cannot be read ({type(error).__name__})"
    missing = [] if found is None else [column for column in columns if column not in found]
    return (None, f"{name} has no column {missing[0]}") if missing else (found, "")


def trust(run: Run) -> tuple[Mapping[str, Any] | None, str]:
    """(the trust report, "") or (None, why it cannot be used)."""
    try:
        return read_trust(run.path), ""
    except RunError as error:
        return None, f"{findings.TRUST} cannot be used ({error.found})"


def examples(run: Run) -> tuple[ExamplePictures, ...]:
    """The stored example pictures of a run."""
    return _examples(str(run.path), stamp(run.path / FOLDER / INDEX))


@st.cache_data(max_entries=16, show_spinner=False)
def _examples(path: str, changed: int) -> tuple[ExamplePictures, ...]:
    return read_examples(Path(path))
