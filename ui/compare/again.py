"""Both models asked about the same edits: offered, watched, or why it failed."""

import streamlit as st

from gradcam_core.runs.compare.comparison import Comparison
from gradcam_core.runs.compare.retested import FACTS, folder_of
from gradcam_core.runs.store import Run
from ui import access, jobs, prose
from ui.analyse import running
from ui.findings.load import stamp
from ui.findings.search import said
from ui.jobs import Job

KIND = "compare"
WHY = (
    "A repaired model often leans on another cue. This asks both models about the very same edited "
    "pictures, for every suspicion of either audit; so far a cue of one need not have been tested in both."
)


def offer(before: Run, after: Run, found: Comparison) -> None:
    """The button where this was not done; its progress while it goes on; its error where it failed."""
    job = latest(before, after)
    if job is not None and job.going:
        _watch(job.id)
        return
    if job is not None and job.state != "done" and _newer(job, before, after):
        running.error(job)
    if found.retested or not access.may("editor"):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Test both models with the same edits", type="primary", icon=":material/science:"):
            jobs.start(KIND, str(before.path), {"retest": True}, further=[str(after.path)])
            st.rerun()
    prose.note(WHY)


def latest(before: Run, after: Run) -> Job | None:
    """The newest re-test of these two audits that was started here."""
    wanted = [str(before.path), str(after.path)]
    return next((job for job in jobs.list_jobs(KIND) if list(job.argv[-2:]) == wanted), None)


def _newer(job: Job, before: Run, after: Run) -> bool:
    return stamp(job.folder / "job.json") > stamp(folder_of(before, after) / FACTS)


@st.fragment(run_every=2)
def _watch(job_id: str) -> None:
    job = jobs.get_job(job_id)
    if job is None or not job.going:
        st.rerun()
    now = job.progress
    share = min(1.0, now.done / now.total) if now and now.total else 0.0
    st.progress(share, text=prose.plain(said(now)) if now else "Starting")
    with st.container(horizontal=True, vertical_alignment="center"):
        if access.may("editor"):
            st.button("Stop", key="stop_retest", on_click=jobs.cancel, args=(job,))
        prose.note("This page may be closed; the test goes on.")
