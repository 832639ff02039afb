"""Several labels per picture: exact match, F1 and average precision per class; a card for each of them."""

from typing import Any

import numpy as np
import streamlit as st
from scipy.special import expit

from gradcam_core.base.text import percent
from gradcam_core.runs.filters import Filters
from gradcam_core.runs.store import Run
from gradcam_core.tasks.multi_label.label_sets import from_text, parts, uncertain
from gradcam_core.tasks.multi_label.rows import ABSENT, thresholds
from gradcam_core.tasks.multi_label.summary import Interval, OneClass, exact_match, per_class
from ui import data, prose, state
from ui.readings import READINGS, Bars, Reading, Row, Said
from ui.readings._links import link
from ui.values import number, text

MOST = 24  # rows of one picture that are listed


def said(run: Run, row: Row) -> Said:
    """ "effusion 0.93, hit"."""
    own, kind = text(row["own_class"]), text(row["presence"])
    if own is None or text(row["predicted"]) is None:
        return Said("not read", "", "not predicted", False, "", "The picture was not read")
    score = number(row["score"])
    shown = "" if score is None else f"{score:.2f}"
    there = text(row["predicted"]) != ABSENT
    if kind is None:
        sentence = f"{own if there else f'No {own}'} said with {shown}, no label to compare"
        return Said(own if there else f"no {own}", "", "no label to compare", False, shown, sentence)
    if kind == "hit":
        return Said(own, "", kind, False, shown, f"Truly {own}, said with {shown}, a hit")
    if kind == "right absence":
        nothing = f"Nothing labelled and nothing said; nearest was {own} with {shown}"
        return Said("nothing", "", "nothing there, nothing said", False, shown, nothing)
    if kind == "miss":
        return Said(own, "not said", "missed", True, shown, f"Truly {own}, not said: {shown}")
    return Said(ABSENT, own, "false alarm", True, shown, f"{own} said with {shown}, not labelled")


@st.cache_data(max_entries=16, show_spinner=False)
def _per_class(path: str) -> list[OneClass]:
    run = data.opened(path)
    return per_class(data.table(run), run.array("logits.npy"), run.class_names)


def against(run: Run) -> None:
    """Exact match, then a line and links per class."""
    st.header("Labels against answers", anchor=False)
    whole = exact_match(data.table(run))
    if whole.n == 0:
        st.info("No picture has labels, so there is nothing to compare.")
        return
    st.markdown(
        f"All labels right: **{percent(whole.value)} %** of {whole.n:,} pictures "
        f"({percent(whole.low)}–{percent(whole.high)})"
    )
    found = _per_class(run.key)
    limits = thresholds(run.thresholds, run.class_names)
    st.dataframe(
        [_line(one, float(limit)) for one, limit in zip(found, limits, strict=True)], hide_index=True
    )
    prose.note(
        f"Of {whole.n:,} labelled pictures. F1: 2 hits / (2 hits + misses + false alarms). Average "
        "precision is over all thresholds; guessing gives the share of pictures with the class. "
        "Intervals 95 %: Wilson, for F1 and average precision a bootstrap over pictures."
    )
    for one in found:
        _links(one)


def _line(one: OneClass, limit: float) -> dict[str, Any]:
    return {
        "Class": one.name,
        "Hits": one.hits,
        "Misses": one.misses,
        "False alarms": one.false_alarms,
        "Right absences": one.right_absences,
        "F1": _share(one.f1, one.f1_interval),
        "Average precision": _share(one.average_precision, one.average_precision_interval),
        "Said from": f"{limit:.3g}",
    }


def _share(value: float, interval: Interval) -> str:
    if np.isnan(value):
        return "–"
    return f"{value:.2f}" if np.isnan(interval[0]) else f"{value:.2f} ({interval[0]:.2f}–{interval[1]:.2f})"


def _links(one: OneClass) -> None:
    """To the misses and false alarms of a class."""
    wrong = {
        "missed": (one.misses, Filters(labels=(one.name,), predicted=(ABSENT,))),
        "false alarms": (one.false_alarms, Filters(labels=(ABSENT,), predicted=(one.name,))),
    }
    for words, (count, filters) in wrong.items():
        if count:
            st.page_link(
                state.GALLERY,
                label=f"{count:,} × {prose.plain(one.name)} {words}",
                icon=":material/chevron_right:",
                query_params=state.gallery_link(filters),
            )


def narrow(run: Run) -> bool:
    """The table needs the width."""
    return False


def bars(run: Run, place: int, row: Row) -> Bars:
    """The sigmoid of every output: shares that do not sum to 1."""
    logits = np.asarray(run.array("logits.npy")[place], dtype=np.float64)
    if not np.isfinite(logits).all():
        return []
    limits = thresholds(run.thresholds, run.class_names)
    there, answers = (from_text(text(row[name]) or "") for name in ("labels", "answers"))
    perhaps = uncertain(text(row["labels"]) or "")
    found = []
    for name, logit, limit in zip(run.class_names, logits, limits, strict=False):
        roles = {
            "true": name in there, "uncertain": name in perhaps, "said": name in answers,
            "this row": name == row["own_class"], "explained": name == row["explained"],
        }  # fmt: skip
        found.append({
            "name": name,
            "share": float(expit(logit)),
            "shown": f"{expit(logit):.3f}",
            "role": ", ".join(role for role, held in roles.items() if held),
            "help": f"{name}: logit {logit:.2f}, said from {limit:.3g}",
        })  # fmt: skip
    return found


def facts(run: Run, row: Row) -> list[tuple[str, str]]:
    """All labels and answers of the picture, the row's class, what is explained, log-odds."""
    labels, answers = (text(row[name]) for name in ("labels", "answers"))
    margin = number(row["margin"])
    found = [
        ("Labels", "not known" if labels is None else ", ".join(parts(labels)) or "nothing"),
        ("Answers", ", ".join(from_text(answers or "")) or "nothing"),
        ("This row", text(row["own_class"]) or "none"),
        ("Explained", text(row["explained"]) or "none"),
        ("Picture", str(row["picture"])),
    ]
    return found + ([("Margin (log-odds)", f"{margin:.2f}")] if margin is not None else [])


def panel(run: Run, place: int, row: Row) -> None:
    """Links to the other classes of the picture."""
    table = data.table(run)
    rows = np.flatnonzero((table["picture"] == row["picture"]).to_numpy(dtype=bool))[:MOST]
    if len(rows) < 2:
        return
    st.header("All classes of this picture", anchor=False)
    for one in data.records(run, rows):
        link(said(run, one), one, str(row["sample_id"]))


READINGS.add(
    "multi-label",
    Reading(
        said=said,
        against=against,
        narrow=narrow,
        lists={"labels": "True class", "predicted": "Said"},
        sliders=("score", "confidence"),
        shares=("score", "confidence"),
        sorts={
            "score": "Score of the class", "confidence": "Confidence", "margin": "Margin (log-odds)",
            "label": "True class", "predicted": "Said", "presence": "Hit or miss",
        },
        on_card=("score", "confidence", "label", "predicted", "presence"),
        below="score",
        bars=bars,
        bars_title="Classes, each for itself",
        facts=facts,
        panel=panel,
    ),
)  # fmt: skip
