"""The samples whose answer changed: the same picture under the heat of both models."""

import html
from typing import Any

import pandas as pd
import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs import queries
from gradcam_core.runs.compare.answers import KINDS
from gradcam_core.runs.store import Run
from ui import data, pickers, prose, state
from ui.compare.heat import heated

FEW, MORE = 12, 48
ALL = "all"
LEGEND = "Each picture under the heat of the model before and of the model after; cold places are clear."
GONE = "not in this audit"


def changed(before: Run, after: Run, found: pd.DataFrame, map_set: MapSet) -> None:
    """A strip of both heats for each changed sample, by what became of its answer."""
    if found.empty:
        return
    kinds = [ALL, *(kind for kind in KINDS if (found["kind"] == kind).any())]
    kind = pickers.segments("kind", "compare_kind", "Show", kinds, str)
    rows = found if kind == ALL else found[found["kind"] == kind]
    shown = rows.head(MORE if state.get("many") else FEW)
    strips = "".join(_strip(before, after, row, map_set) for row in shown.to_dict("records"))
    st.html(f'<div class="fpairs many">{strips}</div>')
    prose.note(LEGEND)
    if len(rows) > len(shown) and not state.get("many"):
        st.button(f"Show up to {MORE}", on_click=lambda: state.put(many="yes"))


def _strip(before: Run, after: Run, row: Any, map_set: MapSet) -> str:
    truth = f"truly {row['label']}" if isinstance(row["label"], str) else "no label"
    sides = ((before, row["sample_id"], "before"), (after, row["sample_id_after"], "after"))
    figures = "".join(_figure(run, name, side, str(row[side]), map_set) for run, name, side in sides)
    note = html.escape(f"{row['sample_id']} · {truth} · {row['kind']}")
    return f'<div class="fpair"><div class="row n2">{figures}</div><p>{note}</p></div>'


def _figure(run: Run, sample_id: str, side: str, said: str, map_set: MapSet) -> str:
    own = map_set if map_set in run.map_sets else run.map_sets[0]
    row = queries.row_of(data.table(run), sample_id)
    url, problem = ("", GONE) if row is None else heated(str(run.path), row, own)
    alt = html.escape(f"{sample_id}, {side}: {said}", quote=True)
    box = f'<img src="{url}" alt="{alt}">' if url else f'<div class="fnone">{html.escape(problem)}</div>'
    said = f"<span>{side}</span><strong>{html.escape(said)}</strong>"
    return f"<figure>{box}<figcaption>{said}</figcaption></figure>"
