"""Numbers: output against truth in place of the confusion matrix, signed errors on cards and in filters."""

import pandas as pd
import streamlit as st

from gradcam_core.runs.filters import Filters, Range
from gradcam_core.runs.store import Run
from gradcam_core.tasks.regression.summary import miss_bins, number_points
from ui import data, figures, prose, state
from ui.figures import MOST_POINTS
from ui.readings import READINGS, Reading, Row, Said
from ui.values import carried, flag, number

EXPLAINED = {"predicted": "what raises the output", "lower": "what lowers the output"}


def tolerance(run: Run) -> float:
    """The largest absolute error that counts as correct in this run."""
    return float(run.thresholds["tolerance"])


def said(run: Run, row: Row) -> Said:
    """ "2.31, true 2.50" and "error -0.19"."""
    output, target = number(row["output"]), number(row["target"])
    if output is None:
        truth = "No target" if target is None else f"True {target:.2f}"
        return Said(truth.lower(), "", "not predicted", False, "", f"{truth}, not predicted")
    if target is None:
        return Said(
            f"{output:.2f}", "", "no target to compare", False, "", f"Output {output:.2f}, no target"
        )
    right = bool(flag(row["correct"]))
    verdict = "within tolerance" if right else "outside tolerance"
    error = f"error {output - target:+.2f}"
    sentence = f"Output {output:.2f}, true {target:.2f}, {error}, {verdict} ({tolerance(run):.3g})"
    return Said(f"{output:.2f}, true {target:.2f}", "", verdict, not right, error, sentence)


@st.cache_data(max_entries=16, show_spinner=False)
def _points(path: str) -> pd.DataFrame:
    return number_points(data.table(data.opened(path)))


@st.cache_data(max_entries=16, show_spinner=False)
def _bins(path: str, limit: float) -> pd.DataFrame:
    return miss_bins(data.table(data.opened(path))["error"], limit)


def against(run: Run) -> None:
    """Output against truth, and the errors; both lead to the gallery."""
    st.header("Truth against output", anchor=False)
    points = _points(run.key)
    if points.empty:
        st.info("No sample has both a target and an output, so there is nothing to compare.")
        return
    _scatter(run, points)
    _histogram(run)


def _dark() -> bool:
    return st.context.theme.type == "dark"


def _scatter(run: Run, points: pd.DataFrame) -> None:
    name = f"numbers-{run.id}"
    alt = f"Output against target of {len(points):,} samples; correlation "
    alt += f"{points['target'].corr(points['output']):.2f}"
    figure = figures.number_scatter(points, tolerance(run), _dark())
    if boxes := figures.selected(figure, state.fresh(name), alt, "box")["box"]:
        state.renew(name)
        state.open_gallery(box_filters(boxes[0]["x"], boxes[0]["y"]))
    squares = "" if len(points) <= MOST_POINTS else " Squares are larger where there are more samples."
    prose.note(f"Drag a box to see its samples in the gallery. Within the band: correct.{squares}")


def box_filters(target: list[float], output: list[float]) -> Filters:
    """The samples of a rectangle of the scatter, ends in any order."""
    ends = (("target", target), ("output", output))
    return Filters(ranges=tuple(Range(name, min(pair), max(pair)) for name, pair in ends))


def _histogram(run: Run) -> None:
    name, bins = f"misses-{run.id}", _bins(run.key, tolerance(run))
    figure = figures.miss_histogram(bins, tolerance(run), _dark())
    if chosen := figures.selected(figure, state.fresh(name), _told(bins, tolerance(run)))["points"]:
        state.renew(name)
        low, high = carried(chosen[0])
        state.open_gallery(Filters(ranges=(Range("error", float(low), float(high)),)))
    prose.note("Output minus target: above 0 the model says too much. Press a bar to see its samples.")


def _told(bins: pd.DataFrame, limit: float) -> str:
    """The bars in words."""
    parts = {
        f"below -{limit:.3g}": bins["high"] <= -limit,
        f"above {limit:.3g}": bins["low"] >= limit,
    }
    counts = [f"{int(bins.loc[rows, 'n'].sum()):,} {name}" for name, rows in parts.items()]
    return f"Errors of {int(bins['n'].sum()):,} samples; {', '.join(counts)}"


def narrow(run: Run) -> bool:
    """The figures leave room beside them."""
    return True


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """Target, output, signed error, tolerance, third of the targets, what the map shows."""
    shown = {"target": "Target", "output": "Output", "error": "Error (output − target)"}
    found = [(title, number(row[name])) for name, title in shown.items()]
    lines = [(title, "none" if value is None else f"{value:.4g}") for title, value in found]
    lowered = str(row["explained"]).endswith("lowered")
    return [
        *lines,
        ("Tolerance", f"{tolerance(run):.4g}"),
        ("Explained", EXPLAINED["lower" if lowered else "predicted"]),
    ]


READINGS.add(
    "regression",
    Reading(
        said=said,
        against=against,
        narrow=narrow,
        lists={"labels": "Third of the targets"},
        sliders=("target", "output", "error", "absolute_error"),
        sorts={
            "absolute_error": "Absolute error", "error": "Error (output − target)", "target": "Target",
            "output": "Output", "label": "Third of the targets",
        },
        worst=("absolute_error",),
        on_card=("error", "absolute_error", "output", "target"),
        below="signed error",
        groups="third of the targets",
        facts=facts,
        explained=EXPLAINED,
    ),
)  # fmt: skip
