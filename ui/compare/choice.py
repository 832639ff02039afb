"""Which audit is compared with the one of the page: from before the repair."""

import streamlit as st

from gradcam_core.base.text import short
from gradcam_core.runs.store import Run
from ui import data, pickers, state
from ui.moments import short_moment


def before(run: Run) -> Run | None:
    """The audit chosen as the one before, with the switch beside it; None where there is no other."""
    known = {one.id: one for one in candidates(run)}
    if not known:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = pickers.select(
            "before", "compare_before", "Compare with", list(known), lambda name: named(known[name]), 360
        )
        swap, ids = ":material/swap_horiz:", (run.id, chosen)
        st.button("Exchange before and after", icon=swap, on_click=_exchange, args=ids)
    return known[chosen]


def candidates(run: Run) -> list[Run]:
    """Other audits with the same task and classes: those of the same project and older ones first."""
    others = [one for name in data.run_paths() if name != run.id and (one := data.run(name)) is not None]
    alike = [one for one in others if one.task == run.task and set(one.class_names) == set(run.class_names)]
    return sorted(alike, key=lambda one: (one.name != run.name, one.created > run.created))


def named(run: Run) -> str:
    """'pets · 11-30 19:49'."""
    return f"{short(run.name)} · {short_moment(run.created)}"


def _exchange(after: str, chosen: str) -> None:
    state.put(run=chosen, before=after, kind=None)
