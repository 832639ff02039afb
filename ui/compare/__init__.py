"""The page Before and after: headline, cues, accuracy, and the samples whose answer changed."""

import streamlit as st

from gradcam_core.base.types import MapSet
from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.store import Run
from ui import prose
from ui.compare import again, choice, many, samples, tables
from ui.compare.load import comparison
from ui.findings import style

__all__ = ["page", "style"]
ALONE = "There is no second audit with the same classes to compare this one with."
LEGEND = "Edit minus control, points. ○ before, ● after; dashed: the 10 points that level 3 asks for."
HOW = (
    "Audit the same pictures with the repaired model. Pictures are recognised by their content, whatever "
    "the files and folders are called. The demonstrations pets and fixed are such a pair."
)


def page(run: Run, map_set: MapSet) -> None:
    """The whole page below its title; ``run`` is the audit after the repair."""
    before = choice.before(run)
    if before is None:
        prose.answer(ALONE)
        prose.note(HOW)
        return
    found = comparison(before, run)
    prose.answer(found.headline)
    prose.facts([found.matched.said, _tested(found)])
    for note in found.notes:
        st.info(prose.plain(note))
    again.offer(before, run, found)
    if found.cues:
        st.header("What became of each cue", anchor=False)
        st.html(tables.cues(found.cues))
        prose.note(LEGEND)
    st.header("Accuracy on the same samples", anchor=False)
    st.html(tables.changes(found.accuracy))
    st.header("Samples whose answer changed", anchor=False)
    prose.note(f"{found.counted}.")
    samples.changed(before, run, found.changed, map_set)
    many.history(run, before)
    with st.expander("Scores, means of the same samples", icon=":material/straighten:"):
        st.html(tables.scores(found.scores, run.scores))


def _tested(found: Comparison) -> str:
    if found.retested:
        return "both models were asked about the same edits"
    return "each audit's own edits, on the samples that both edited"
