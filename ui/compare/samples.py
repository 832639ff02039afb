"""The samples whose answer changed: the same picture under the heat of both models."""

from pathlib import Path
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
LEGEND = (
    "Each picture under the heat of the model before and of the model after; cold places are clear. "
    "All are zoomed together; Flicker shows before and after in one place."
)
GONE = "not in this audit"
HERE = Path(__file__).parent
_flicker = st.components.v2.component(
    "gradcam_flicker",
    html='<div class="flicker"></div>',
    css=(HERE / "flicker.css").read_text(encoding="utf-8"),
    js=(HERE / "flicker.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # drawn as the pairs of findings are
)


def changed(before: Run, after: Run, found: pd.DataFrame, map_set: MapSet) -> None:
    """A strip of both heats for each changed sample, by what became of its answer."""
    if found.empty:
        return
    kinds = [ALL, *(kind for kind in KINDS if (found["kind"] == kind).any())]
    kind = pickers.segments("kind", "compare_kind", "Show", kinds, str)
    rows = found if kind == ALL else found[found["kind"] == kind]
    shown = rows.head(MORE if state.get("many") else FEW)
    pairs = [_pair(before, after, row, map_set) for row in shown.to_dict("records")]
    _flicker(key=f"flicker-{before.id}-{after.id}", data={"pairs": pairs})
    prose.note(LEGEND)
    if len(rows) > len(shown) and not state.get("many"):
        st.button(f"Show up to {MORE}", on_click=lambda: state.put(many="yes"))


def _pair(before: Run, after: Run, row: Any, map_set: MapSet) -> dict[str, Any]:
    truth = f"truly {row['label']}" if isinstance(row["label"], str) else "no label"
    return {
        "id": str(row["sample_id"]),
        "note": f"{row['sample_id']} · {truth} · {row['kind']}",
        "before": _side(before, row["sample_id"], str(row["before"]), map_set),
        "after": _side(after, row["sample_id_after"], str(row["after"]), map_set),
    }


def _side(run: Run, sample_id: str, said: str, map_set: MapSet) -> dict[str, str]:
    own = map_set if map_set in run.map_sets else run.map_sets[0]
    row = queries.row_of(data.table(run), sample_id)
    url, problem = ("", GONE) if row is None else heated(str(run.path), row, own)
    return {"url": url, "said": said, "problem": problem}
