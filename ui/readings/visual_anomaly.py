"""Normal or anomaly by a score and a threshold: the histogram of scores, cards with score and threshold."""

import pandas as pd
import streamlit as st

from gradcam_core.base.text import rounded
from gradcam_core.runs.filters import Filters, Range
from gradcam_core.runs.store import Run
from gradcam_core.tasks.visual_anomaly.summary import SCORE, THRESHOLD, UNLABELLED, score_bins
from ui import data, figures, prose, state
from ui.readings import READINGS, Reading, Row, Said
from ui.values import carried, flag, number, text

VERDICTS = {True: "correct", False: "wrong", None: "no label to compare"}


def limit(run: Run) -> float:
    """The threshold that the run's answers were read with."""
    return float(run.thresholds[THRESHOLD])


def said(run: Run, row: Row) -> Said:
    """ "Score 4.20 (threshold 3.00): anomaly, truly normal"."""
    truth, answer, right = text(row["label"]), text(row["predicted"]), flag(row["correct"])
    score = number(row[SCORE])
    if answer is None or score is None:
        return Said(
            truth or "no label", "", "not predicted", False, "", f"{truth or 'No label'}, not scored"
        )
    known = f", truly {truth}" if truth else ", no label"
    shown = f"score {rounded(score)}"
    sentence = f"{shown.capitalize()} (threshold {rounded(limit(run))}): {answer}{known}"
    if right:
        return Said(answer, "", VERDICTS[right], False, shown, sentence)
    return Said(truth or "no label", answer, VERDICTS[right], right is False, shown, sentence)


@st.cache_data(max_entries=16, show_spinner=False)
def _bins(path: str) -> pd.DataFrame:
    run = data.opened(path)
    names = run.class_names
    return score_bins(data.table(run), names, abs(limit(run)) or 1)


def against(run: Run) -> None:
    """Scores by label with the threshold; a bar opens its samples."""
    st.header("Anomaly scores", anchor=False)
    bins, names = _bins(run.key), list(run.class_names)
    if bins.empty:
        st.info("No sample has an anomaly score.")
        return
    figure = figures.score_histogram(
        bins, [*names, UNLABELLED], limit(run), st.context.theme.type == "dark"
    )
    alt = told(bins, names, limit(run))
    if chosen := figures.selected(figure, state.fresh(f"scores-{run.id}"), alt)["points"]:
        state.renew(f"scores-{run.id}")
        state.open_gallery(filters_of(*carried(chosen[0])))
    prose.note("Press a bar to see these samples in the gallery. A score at the threshold is an anomaly.")


def filters_of(label: str, low: float, high: float) -> Filters:
    """What one bar stands for."""
    limits = (Range(SCORE, float(low), float(high)),)
    if label == UNLABELLED:
        return Filters(outcomes=("unlabelled",), ranges=limits)
    return Filters(labels=(label,), ranges=limits)


def told(bins: pd.DataFrame, names: list[str], threshold: float) -> str:
    """The figure in words."""
    parts = []
    for name in names:
        part = bins[bins["label"] == name]
        over = int(part.loc[part["low"] >= threshold, "n"].sum())
        parts.append(f"{name}: {over} of {int(part['n'].sum())} in bins above the threshold")
    return f"Anomaly scores, threshold {threshold:.3g}; " + "; ".join(parts)


def narrow(run: Run) -> bool:
    """The histogram leaves room beside it."""
    return True


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """True class, score, threshold, distance between both."""
    score = number(row[SCORE])
    found = [("True class", text(row["label"]) or "no label")]
    if score is not None:
        found += [("Anomaly score", rounded(score)), ("Threshold", rounded(limit(run)))]
    return found


READINGS.add(
    "visual-anomaly",
    Reading(
        said=said,
        against=against,
        narrow=narrow,
        lists={"labels": "True class", "predicted": "Said to be"},
        sliders=(SCORE,),
        sorts={SCORE: "Anomaly score", "label": "True class", "predicted": "Said to be"},
        on_card=(SCORE, "label", "predicted"),
        worst=(SCORE,),
        below="anomaly score",
        facts=facts,
    ),
)
