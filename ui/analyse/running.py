"""Jobs that run or have run: progress, errors, the way to the result."""

import re
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from gradcam_core.base.errors import AuditError
from ui import data, jobs, layout, prose, state
from ui.analyse.edge_impulse import choose_block, is_edge_impulse
from ui.analyse.wording import in_page
from ui.jobs import BAD_INPUT, Job

MOST = 12
OTHERS = {"findings": "The search of", "data": "The look at the data of"}
OVERVIEW = "pages/1_Overview.py"
STATES = {
    "queued": ("waits for its turn", ":material/hourglass_empty:"),
    "running": ("running", ":material/progress_activity:"),
    "done": ("done", ":material/check_circle:"),
    "failed": ("failed", ":material/error:"),
    "cancelled": ("stopped", ":material/cancel:"),
    "vanished": ("ended without a word", ":material/help:"),
}
SAID = re.compile(
    r"^(?:error: )?(?:expected )?(?P<expected>.*?)(?:; found (?P<found>.*?))?(?:; to do: (?P<todo>.*))?$",
    re.DOTALL,
)


def look(key: str = "look", kind: str = "inspect") -> Job | None:
    """The look at a project that the URL names, once it is done; draws progress or error until then."""
    job = jobs.get_job(state.get(key))
    if job is None or job.kind != kind:
        return None
    if job.going:
        _watch_look(job.id)
        return None
    if job.state == "done" and job.result is not None:
        return job
    error(job)
    return None


@st.fragment(run_every=1)
def _watch_look(job_id: str) -> None:
    job = jobs.get_job(job_id)
    if job is None or not job.going:
        st.rerun()
    if job.progress is not None:
        _progress(job)
        return
    passed = _passed(job)
    st.progress(0.0, text=f"Looking at {prose.plain(job.project)}: {passed} s so far")


def _passed(job: Job) -> int:
    return int((datetime.now(UTC) - datetime.fromisoformat(job.started)).total_seconds())


def error(job: Job) -> None:
    """What was expected, what was found and what to do; the end of the log for whoever needs it."""
    if job.state == "cancelled":
        st.info("Stopped before it was done. Nothing was written.")
        return
    with layout.boundary():
        raise said_error(job.error)
    if job.code != BAD_INPUT and job.log.strip():
        with st.expander("The end of the log"):
            st.code(job.log, language=None)


def said_error(line: str) -> AuditError:
    """The parts of an error out of its one line on standard error."""
    found = SAID.match(line)
    parts = found.groupdict() if found else {}
    said = [in_page(parts.get(name) or "") for name in ("expected", "found", "todo")]
    return AuditError(said[0] or line, *said[1:])


def audits() -> None:
    """The list of audits; it refreshes itself while one of them runs. The one asked for opens when done."""
    asked = jobs.get_job(state.get("audit"))
    if asked is not None and asked.state == "done" and asked.run_id in data.run_paths():
        st.switch_page(OVERVIEW, query_params={"run": str(asked.run_id)})
    for job in jobs.list_jobs():
        if job.going and job.kind in OTHERS:
            said = f"waits for {prose.count(job.before, 'other job')}" if job.before else "runs"
            prose.note(f"{OTHERS[job.kind]} {prose.plain(Path(job.project).name)} {said}.")
    st.header("Audits started here", anchor=False)
    if busy():
        _watch_audits()
    else:
        _list(jobs.list_jobs("audit"))


def busy() -> bool:
    """An audit is running."""
    return any(job.going for job in jobs.list_jobs("audit"))


@st.fragment(run_every=2)
def _watch_audits() -> None:
    found = jobs.list_jobs("audit")
    if not any(job.going for job in found):
        st.rerun()
    _list(found)


def _list(found: list[Job]) -> None:
    if not found:
        prose.note("None yet. A started audit runs on its own: this page may be closed.")
    for job in found[:MOST]:
        with st.container(border=True, key=f"job-{job.id}"):
            _job(job)
    if len(found) > MOST:
        prose.note(f"and {len(found) - MOST} older ones")


def _job(job: Job) -> None:
    name, state_said, action = st.columns([5, 3, 2], vertical_alignment="center")
    words, icon = STATES[job.state]
    with name:
        st.markdown(f"**{prose.plain(_named(job))}**")
        prose.note(f"{job.started.replace('T', ' ').removesuffix('+00:00')} UTC{_choices(job)}")
    with state_said:
        st.markdown(f"{icon} {words}")
    with action:
        _action(job)
    if job.going:
        _progress(job)
    elif job.state == "done":
        _result(job)
    else:
        error(job)
        choose_block(job)


def _named(job: Job) -> str:
    """What was asked for; an Edge Impulse project by its number where that is known."""
    if not is_edge_impulse(job):
        return job.project
    return f"Edge Impulse project {job.project.partition(':')[2]}".strip()


def _choices(job: Job) -> str:
    said = ", ".join(name if value is True else f"{name} {value}" for name, value in job.options.items())
    return f" · {said}" if said else ""


def _action(job: Job) -> None:
    if job.going:
        st.button("Stop", key=f"stop-{job.id}", on_click=jobs.cancel, args=(job,))
    elif job.state == "done" and job.run_id in data.run_paths():
        st.page_link(
            OVERVIEW,
            label="Open",
            icon=":material/arrow_forward:",
            query_params={"run": str(job.run_id)},
        )
    elif job.state != "done":
        st.button("Remove", key=f"remove-{job.id}", on_click=jobs.forget, args=(job,))


def _progress(job: Job) -> None:
    now = job.progress
    if job.state == "queued":
        st.progress(0.0, text=f"waits for {prose.count(job.before, 'other job')}; this page may be closed")
        return
    if now is None:
        st.progress(0.0, text=f"starting, {_passed(job)} s so far")
        return
    share = now.done / now.total if now.total else 0.0
    rate = f" · {now.rate:.1f} per second" if now.rate else ""
    left = f" · {duration(now.seconds_left)} left" if now.seconds_left is not None else ""
    st.progress(
        min(1.0, share), text=f"{prose.plain(now.stage)}: {now.done:,} of {now.total:,}{rate}{left}"
    )


def duration(seconds: float) -> str:
    """'40 s', '3 min 20 s', '1 h 5 min'."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _result(job: Job) -> None:
    result = job.result or {}
    unreadable, accuracy = int(result.get("unreadable") or 0), result.get("accuracy")
    parts = [
        prose.count(int(result.get("samples") or 0), "sample"),
        f"{unreadable:,} could not be read" if unreadable else "",
        f"accuracy {100 * accuracy:.1f} %" if accuracy is not None else "",
    ]
    gone = job.run_id not in data.run_paths()
    prose.note(" · ".join(filter(None, [*parts, "its folder is not there (any more)" if gone else ""])))
