"""The Overview's answers, computed once per run and choice. A run's folder is the whole cache key."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs import summary
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import Confusion, FocusGroup, MeanMap
from ui import data
from ui.figures import MOST_CLASSES


def _of(path: str) -> tuple[Run, pd.DataFrame]:
    run = data.opened(path)
    return run, data.table(run)


@st.cache_data(max_entries=64, show_spinner=False)
def headline(path: str, map_set: MapSet, changed: int = 0) -> summary.Headline:
    """The computed sentences; ``changed`` is when the findings were last replaced."""
    run, table = _of(path)
    return summary.headline(table, run.manifest, read_findings(run.path), map_set)


@st.cache_data(max_entries=32, show_spinner="Computing the medians")
def groups(path: str, score: str, map_set: MapSet) -> tuple[FocusGroup, ...]:
    """Every class on one focus score, highest median first."""
    return summary.focus_groups(_of(path)[1], score, map_set)


@st.cache_data(max_entries=32, show_spinner="Computing the medians")
def split_groups(path: str, score: str, map_set: MapSet) -> tuple[FocusGroup, ...]:
    """Every class, correct and wrong apart."""
    return summary.focus_groups(_of(path)[1], score, map_set, by_correct=True)


@st.cache_data(max_entries=16, show_spinner=False)
def points(path: str, score: str, map_set: MapSet) -> pd.DataFrame:
    """One row per sample that has a map."""
    return summary.focus_points(_of(path)[1], score, map_set)


@st.cache_data(max_entries=16, show_spinner=False)
def confusion(path: str) -> Confusion:
    """Truth against prediction, the rest of many classes summed up."""
    run, table = _of(path)
    return summary.confusion(table, run.class_names, MOST_CLASSES)


@st.cache_data(max_entries=16, show_spinner="Averaging the maps")
def mean_maps(path: str, map_set: MapSet, labels: tuple[str, ...]) -> tuple[MeanMap, ...]:
    """Mean maps of these classes."""
    run, table = _of(path)
    return summary.mean_maps(table, run.maps(map_set), labels)


@st.cache_data(max_entries=16, show_spinner=False)
def skipped(path: str, map_set: MapSet) -> pd.DataFrame:
    """Samples without a usable map, with reasons."""
    return summary.skipped(_of(path)[1], map_set)


def shown_labels(found: Sequence[FocusGroup], most: int = MOST_CLASSES) -> tuple[FocusGroup, ...]:
    """The classes a figure has room for: those with the highest medians."""
    return tuple(found[:most])
