"""Edit one picture and see the prediction move. The model runs in a process of its own."""

import html
from pathlib import Path
from typing import Any

import streamlit as st

from gradcam_core.base.text import rounded
from gradcam_core.runs.store import Run
from ui import access, findings, jobs, prose, state
from ui.analyse import running
from ui.findings import words
from ui.findings.edits import answers, kept
from ui.findings.search import TRUST
from ui.jobs import Job

KIND, SEED = "edit", 0
__all__ = ["panel"]
MOVED = "the output moved by more than the tolerance"


def panel(run: Run, sample_id: str) -> None:
    """The section of the Sample page; nothing where the URL names no sample."""
    if not sample_id:
        return
    findings.style()
    st.header(words.said(run, "Edit this picture"), anchor=False)
    folder = kept.folder(run, sample_id, SEED)
    result = kept.read(folder)
    if result is not None:
        _show(run, folder, result)
        return
    job = latest(folder)
    if job is not None and job.going:
        _watch(job.id)
        return
    if job is not None and job.state != "done":
        running.error(job)
    if access.may("editor"):
        _ask(run, sample_id, folder)
    else:
        prose.note(access.said_role("editor"))


def latest(folder: Path) -> Job | None:
    """The newest job that was asked to write into this folder."""
    return next((job for job in jobs.list_jobs(KIND) if job.options.get("out") == str(folder)), None)


def _ask(run: Run, sample_id: str, folder: Path) -> None:
    prose.note(
        "Swaps the background, removes the object, moves the overall look and more, each against a control "
        "edit of the same size, and asks the model again. Takes some seconds; the model is loaded first."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        pressed = st.button("Edit it and ask the model again", key="edit_sample", icon=":material/edit:")
        trust = st.checkbox("I trust the code in this model file", key="edit_trust", help=TRUST)
    if pressed:
        kept.prune()
        options: dict[str, str | bool | None] = {
            "out": str(folder),
            "seed": str(SEED),
            "trust-code": bool(trust),
        }
        jobs.start(KIND, str(run.path), options, further=(sample_id,))
        st.rerun()


@st.fragment(run_every=1)
def _watch(job_id: str) -> None:
    job = jobs.get_job(job_id)
    if job is None or not job.going:
        st.rerun()
    now = job.progress
    share = now.done / now.total if now and now.total else 0.0
    words = now.stage.capitalize() if now else "Starting"
    st.progress(min(1.0, share), text=prose.plain(words))
    if access.may("editor"):
        st.button("Stop", key="stop_edit", on_click=jobs.cancel, args=(job,))


def _show(run: Run, folder: Path, result: dict[str, Any]) -> None:
    edits = result["edits"]
    st.html(f'<p class="fsaid">{html.escape(words.said(run, answers.summary(result)))}</p>')
    if not edits:
        return
    kinds = answers.kinds(edits)
    counts = {kind: answers.telling(answers.of_kind(edits, kind)) for kind in kinds}
    ids = {f"{edit}|{cause}": (edit, cause) for edit, cause in kinds}
    names = {key: answers.name(answers.of_kind(edits, kind)[0]) for key, kind in ids.items()}
    first = max(ids, key=lambda key: counts[ids[key]])
    asked = state.get("edit")
    now = asked if asked in ids else first
    st.pills(
        "Which edit",
        list(ids),
        key=state.seeded("edit_kind", now),
        format_func=lambda key: f"{prose.plain(names[key])}{' ▲' if counts[ids[key]] else ''}",
        on_change=state.on_choice("edit_kind", lambda key: state.put(edit=key)),
        required=True,
        label_visibility="collapsed",
    )
    part = answers.of_kind(edits, ids[now])
    moved = MOVED if answers.numeric(result) else "the prediction changed"
    text = f"{part[0]['help']} ▲ {moved}. As the model saw it.{_limits(result)}"
    prose.note(words.said(run, text))
    st.html(answers.figure(folder, result, part))


def _limits(result: dict[str, Any]) -> str:
    region = " The object region was estimated." if result.get("estimated") else ""
    none = "" if result.get("region", True) else " Without an object region only some edits apply."
    limit = result.get("threshold")
    scored = "" if limit is None else f" An anomaly from a score of {rounded(limit)} on."
    lent = f" Pixels were lent by one of {result.get('donors', 0)} other samples of this audit."
    return f"{scored}{lent}{region}{none}"
