"""What goes with what: label or prediction against a context, each cell a way to its samples."""

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from gradcam_core.base.suspicion import parts_of
from gradcam_core.runs import findings
from gradcam_core.runs.queries import Filters
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary.contexts import (
    CLEAR,
    COLUMNS,
    FEW,
    ContextMatrix,
    context_matrix,
    context_names,
)
from ui import pickers, prose, state
from ui.findings import load

HERE = Path(__file__).parent
CELL = re.compile(r"(?:classic|fine)-(\d+)-(\d+)")
OUTCOMES = {"label": "True class", "predicted": "Predicted class"}
_matrix = st.components.v2.component(
    "gradcam_contexts",
    html='<div class="contexts"></div>',
    css=(HERE / "contexts.css").read_text(encoding="utf-8"),
    js=(HERE / "contexts.js").read_text(encoding="utf-8"),
)


def contexts(run: Run) -> None:
    """The matrix of one context, chosen by the reader, and all numbers below it."""
    table, problem = load.table(run, findings.ASSOCIATIONS, COLUMNS)
    if table is None:
        if problem:
            st.warning(
                f"{prose.plain(problem)}. Search again to replace it.", icon=":material/broken_image:"
            )
        return
    st.header("What goes with what", anchor=False)
    if table.empty:
        prose.note("No context could be compared: it takes 20 samples and two values on each side.")
        return
    outcome, context = _choose(table)
    found = context_matrix(table, outcome, context, first=run.class_names)
    pressed = _matrix(key=f"contexts-{run.id}", data=payload(found), on_cell_change=lambda: None)
    if ids := samples_of(found, pressed.get("cell")):
        state.open_gallery(Filters(ids=ids))
    prose.note(_said(found))
    with st.expander("All numbers"):
        _numbers(table)


def _choose(table: pd.DataFrame) -> tuple[str, str]:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        known = [name for name in OUTCOMES if (table["outcome"] == name).any()]
        outcome = pickers.segments("outcome_of", "contexts_outcome", "Outcome", known, OUTCOMES.__getitem__)
        names = {name: (v, n) for name, v, n in context_names(table, outcome)}
        context = pickers.select(
            *("context", "contexts_context", "Context", list(names)),
            lambda name: f"{plain(name)} · V {names[name][0]:.2f} · n {names[name][1]:,}",
            width=420,
            help="Strongest association first; cues come last, because they were picked for going with a "
            "class here. V is Cramér's V, corrected for bias: below 0.1 none, above "
            "0.3 worth a look, above 0.5 strong. It says what occurs together here, not what is used.",
        )
    return outcome, context


def plain(context: str) -> str:
    """'meta_scanner' and 'roaming-marker/dog/patch' as a reader would say them."""
    flag, label, source = parts_of(context)
    if rest := [part for part in (label, _where(source)) if part]:
        return f"{flag.replace('-', ' ')}, {', '.join(rest)}"
    return context.removeprefix("meta_").replace("_", " ")


def _where(part: str) -> str:
    """'classic-5-8' as 'hot in row 6, column 9', or how else a cue was found."""
    if cell := CELL.fullmatch(part):
        return f"hot in row {int(cell[1]) + 1}, column {int(cell[2]) + 1}"
    said = {
        "patch": "a piece that recurs",
        "data": "seen in the pictures themselves",
        "part": "on the object",
    }
    return said.get(part, part)


def payload(found: ContextMatrix) -> dict[str, Any]:
    """What the browser draws; names travel as data and are written as text."""
    return {
        "rows": list(found.rows),
        "columns": list(found.columns),
        "cells": [[None if cell is None else _cell(cell) for cell in row] for row in found.cells],
    }


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    ratio, q, error = float(cell["ratio"]), float(cell["q"]), float(cell["error_rate"])
    observed, expected = int(cell["observed"]), float(cell["expected"])
    wrong = f"; error rate {100 * error:.0f} %" if math.isfinite(error) else ""
    return {
        "observed": observed,
        "expected": f"{expected:.1f}",
        "ratio": f"{ratio:.1f}",
        "lean": max(-1.0, min(1.0, math.log2(max(ratio, 0.25)) / 2)),
        "clear": math.isfinite(q) and q < CLEAR,
        "few": expected < FEW,
        "said": f"{cell['value']} with {cell['context_value']}: {observed} observed, "
        f"{expected:.1f} expected, "
        f"{ratio:.2f} times (95 % {float(cell['ratio_low']):.2f} to {float(cell['ratio_high']):.2f}), "
        f"q {q:.2g}{wrong}. Open in the gallery.",
    }


def samples_of(found: ContextMatrix, event: Any) -> tuple[str, ...]:
    """Ids of the pressed cell out of what the browser sent; empty where that is no cell with samples."""
    try:
        row, column = int(event["row"]), int(event["column"])
        cell = found.cells[row][column] if row >= 0 <= column else None
    except (TypeError, KeyError, ValueError, IndexError):
        return ()
    return () if cell is None else tuple(str(name) for name in cell["samples"])


def _said(found: ContextMatrix) -> str:
    rest = f" {found.left_out} classes without clearer cells are left out." if found.left_out else ""
    return (
        f"Times as many as expected if class and context were independent; below it observed of expected. "
        f"n {found.n:,}, at least {found.smallest:.1f} expected per cell; under {FEW} a cell tells little "
        f"(pale). Framed: q below {CLEAR}. Press a cell to see its samples.{rest}"
    )


def _numbers(table: pd.DataFrame) -> None:
    shown = table[[name for name in COLUMNS if name != "samples"]].assign(
        context=table["context"].map(plain), outcome=table["outcome"].map(OUTCOMES)
    )
    two = st.column_config.NumberColumn(format="%.2f")
    titles = {name: str(name).replace("_", " ").capitalize() for name in shown}
    titles |= {"ratio_low": "95 % low", "ratio_high": "95 % high", "v": "Cramér's V", "q": "q"}
    st.dataframe(
        shown.rename(columns=titles).sort_values("q"),
        hide_index=True,
        column_config={
            titles[name]: two
            for name in ("ratio", "ratio_low", "ratio_high", "v", "error_rate", "expected")
        }
        | {"q": st.column_config.NumberColumn(format="%.4f")},
    )
