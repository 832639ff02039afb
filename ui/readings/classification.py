"""One class per picture: the confusion matrix, truth and prediction with its confidence."""

import streamlit as st

from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import Confusion
from ui import prose, state
from ui.figures import MOST_CLASSES
from ui.overview import cached
from ui.overview import confusion as matrix
from ui.readings import READINGS, Reading, Row, Said
from ui.readings._bars import classes
from ui.values import flag, number, text

BESIDE = 6  # classes up to which the matrix leaves room for something beside it
VERDICTS = {True: "correct", False: "wrong", None: "no label to compare"}


def said(run: Run, row: Row) -> Said:
    """ "cat → dog, wrong, 0.61"; uncertain answers lie below the block's own threshold."""
    truth, predicted, right = text(row["label"]), text(row["predicted"]), flag(row["correct"])
    if predicted is None:
        return Said(
            truth or "no label", "", "not predicted", False, "", f"{truth or 'No label'}, not predicted"
        )
    uncertain = text(row.get("outcome")) == "uncertain"
    verdict = "uncertain" if uncertain else VERDICTS[right]
    confidence = number(row["confidence"])
    shown = "" if confidence is None else f"{confidence:.2f}"
    sentence = f"{f'Truly {truth}' if truth else 'No label'}, predicted {predicted}"
    sentence += f" with {shown}" if shown else ""
    sentence += "" if right is None and not uncertain else f", {verdict}"
    if right:
        return Said(predicted, "", verdict, False, shown, sentence)
    wrong = right is False and not uncertain
    return Said(truth or "no label", predicted, verdict, wrong, shown, sentence)


def against(run: Run) -> None:
    """The matrix of buttons, and the largest errors as links."""
    st.header("Truth against prediction", anchor=False)
    found = cached.confusion(run.key)
    if found.n == 0:
        st.info("No sample has both a label and a prediction, so there is nothing to compare.")
        return
    names = run.class_names
    if cell := matrix.show(found):
        state.open_gallery(matrix.filters_of(found, *cell, names))
    left = f" {prose.count(found.left_out, 'sample')} without label or prediction left out." * bool(
        found.left_out
    )
    folded = f" The {MOST_CLASSES - 1} classes confused most often; the rest is summed up." * bool(
        found.folded
    )
    prose.note(f"Press a number to see these samples in the gallery.{folded}{left}")
    _largest(found, names)


def _largest(found: Confusion, names: tuple[str, ...]) -> None:
    for row, column, count in matrix.largest_errors(found, 3):
        label, predicted = found.rows[row], found.columns[column]
        st.page_link(
            state.GALLERY,
            label=f"{count:,} × {prose.plain(label)} → {prose.plain(predicted)}",
            icon=":material/chevron_right:",
            query_params=state.gallery_link(matrix.filters_of(found, row, column, names)),
        )


def narrow(run: Run) -> bool:
    """True up to six classes."""
    return len(run.class_names) <= BESIDE


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """True class, explained class, margin."""
    margin = number(row["margin"])
    found = [
        ("True class", text(row["label"]) or "no label"),
        ("Explained", text(row["explained"]) or "none"),
    ]
    return found + ([("Margin (log-odds)", f"{margin:.2f}")] if margin is not None else [])


READINGS.add(
    "classification",
    Reading(
        said=said,
        against=against,
        narrow=narrow,
        lists={"labels": "True class", "predicted": "Predicted class"},
        sliders=("confidence",),
        shares=("confidence",),
        sorts={
            "confidence": "Confidence", "margin": "Margin (log-odds)",
            "label": "True class", "predicted": "Predicted class",
        },
        on_card=("confidence", "label", "predicted"),
        bars=classes,
        bars_title="Classes",
        facts=facts,
    ),
)  # fmt: skip
