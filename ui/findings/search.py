"""Start the search of a run in a process of its own, watch it, show what went wrong."""

import streamlit as st

from gradcam_core.runs import findings
from gradcam_core.runs.store import Run
from ui import access, jobs, prose
from ui.analyse import running
from ui.findings import load, words
from ui.jobs import Job, JobProgress

KIND = "findings"
BUDGET_AT_FIRST = 200
STEPS = {
    "pictures": "Reading pictures",
    "estimate regions": "Estimating object regions",
    "trust": "Checking whether the maps can be believed",
    "search": "Searching maps and pictures for what goes with a class",
    "edits": "Editing pictures and asking the model",
}
BUDGET = (
    "On how many samples each edit is tried. 100 per class shows differences of about 10 points; more "
    "takes proportionally longer."
)
EDITS = "Without edits nothing rises above level 2: heat and data can point at a cue, only edits test it."
TRUST = "Only for model files that hold code, such as Lambda layers: it would run here."


def search(run: Run, label: str) -> None:
    """Progress while a search of this run is going on, else its error if it failed, and the form."""
    job = latest(run)
    if job is not None and job.going:
        _watch(run, job.id)
        return
    if job is not None and job.state != "done" and _newer(job, run):
        running.error(job)
    if access.may("editor"):
        _form(run, label)


def latest(run: Run) -> Job | None:
    """The newest search of this run that was started here."""
    return next((job for job in jobs.list_jobs(KIND) if job.project == str(run.path)), None)


def _newer(job: Job, run: Run) -> bool:
    """The job was started after the findings that are there now were written."""
    return load.stamp(job.folder / "job.json") > load.stamp(run.path / findings.FINDINGS)


@st.fragment(run_every=2)
def _watch(run: Run, job_id: str) -> None:
    job = jobs.get_job(job_id)
    if job is None or not job.going:
        st.rerun()
    now = job.progress
    if now is None:
        waits = f"Waits for {prose.count(job.before, 'other job')}" if job.before else "Starting"
        st.progress(0.0, text=waits)
    else:
        share = min(1.0, now.done / now.total) if now.total else 0.0
        st.progress(share, text=prose.plain(words.said(run, said(now))))
    with st.container(horizontal=True, vertical_alignment="center"):
        if access.may("editor"):
            st.button("Stop", key="stop_search", on_click=jobs.cancel, args=(job,))
        prose.note("This page may be closed; the search goes on.")


def said(now: JobProgress) -> str:
    """'Editing pictures and asking the model: 12 of 90 · 40 s left'."""
    step = STEPS.get(now.stage, now.stage.capitalize())
    if now.total and now.done >= now.total:
        return f"{step}: done, the next step is starting"
    left = f" · {running.duration(now.seconds_left)} left" if now.seconds_left is not None else ""
    return f"{step}{f': {now.done:,} of {now.total:,}' if now.total > 1 else ''}{left}"


def _form(run: Run, label: str) -> None:
    with st.form("search", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        budget = st.number_input(
            "Samples per edit",
            10,
            5000,
            BUDGET_AT_FIRST,
            10,
            key="search_budget",
            help=BUDGET,
            width=180,
        )
        edits = st.checkbox(
            words.said(run, "Edit pictures and ask the model again"), True, help=EDITS, width="content"
        )
        trust = st.checkbox("I trust the code in this model file", False, help=TRUST, width="content")
        pressed = st.form_submit_button(label, type="primary")
    if pressed:
        options: dict[str, str | bool | None] = {
            "edits": bool(edits),
            "budget": str(int(budget)),
            "trust-code": bool(trust),
        }
        jobs.start(KIND, str(run.path), options)
        st.rerun()
