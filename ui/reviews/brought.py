"""Answers that somebody gave in a report without a server, brought in as text: the pages take no files."""

import json
from typing import Any

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short
from gradcam_core.runs.answered import answered
from gradcam_core.runs.pictures import believed
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import reviews_of
from ui import access, prose, state

SAID = "answers_said"
MOST = 4_000_000  # characters; a report of 200 samples gives about 60,000
HELP = "In the report: Save, then Copy as text; or open answers.json and copy all of it."
SHOWN = 5  # samples that were left out are named, the others counted


def panel(run: Run) -> None:
    """A field for the text of ``answers.json``, and what became of the last one."""
    if not access.may("editor"):
        return
    with st.expander("Answers from a report that was sent out", icon=":material/move_to_inbox:"):
        with st.form("answers", border=False, clear_on_submit=True):
            text = st.text_area("Text of answers.json", max_chars=MOST, height=120, help=HELP)
            pressed = st.form_submit_button("Add these verdicts")
        if pressed:
            state.keep(SAID, (run.id, bring(run, text)))
            st.rerun()
        of, said = state.kept(SAID, ("", ""))
        if said and of == run.id:
            st.info(prose.plain(said, 2000))


@access.needs("editor")
def bring(run: Run, text: str) -> str:
    """Add the verdicts in this text, each once; what became of them, in words."""
    try:
        believed(str(run.root), paths.roots_of_pages())
        found = answered(run, _parsed(text))
        new = reviews_of(run).record_all(found.acts)
    except AuditError as error:
        parts = (f"Nothing was added: expected {error.expected}", error.found and f"found {error.found}")
        return f"{'; '.join(part for part in (*parts, error.todo) if part)}."
    reader = found.acts[0].reviewer if found.acts else "nobody"
    known = len(found.acts) - new
    said = [f"{prose.count(new, 'verdict')} of {reader} added."]
    said += [f"{known} were there already."] if known else []
    left = [f"{name}: {why}." for name, why in list(found.left_out.items())[:SHOWN]]
    said += [f"{prose.count(len(found.left_out), 'sample')} left out:", *left] if left else []
    return " ".join(said)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AuditError("the text of answers.json", short(error), "copy all of it again") from None
