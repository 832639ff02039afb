"""An Edge Impulse project: its key, typed for one computation, and which of its parts is meant.

The key goes to the job through the job's environment. It is kept nowhere: not in the address, not in
the session beyond the run of the script that starts the job, not on disk.
"""

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.projects.edge_impulse.api.credentials import DEFAULT_HOST
from gradcam_core.projects.edge_impulse.describe.blocks import read_listed
from ui import jobs, prose, state
from ui.analyse.after import search_after, search_options
from ui.jobs import Job

SOURCE, KEY, FIRST = "edge-impulse", "EI_API_KEY", "ei-key"
KEY_HELP = (
    "Studio > Dashboard > Keys. It is sent to the host below only, is written nowhere, and is forgotten "
    "as soon as the audit has started."
)
THRESHOLD = "The score from which a picture is an anomaly; the block's own if empty."
TOLERANCE = "For numbers: the largest error that counts as correct; the block's own if empty."
VIA = {"samples": "one by one: a second start fetches only what is missing", "export": "as one export"}


def ask_edge_impulse() -> None:
    """The form; its button starts an audit, which fetches the project's test samples and model first."""
    with st.form("edge-impulse", border=False):
        key = _key(FIRST)
        host = st.text_input("Host", placeholder=DEFAULT_HOST, help="Of a self-hosted Studio only.")
        with st.expander("Which part of the project"):
            options = _part()
        pressed = st.form_submit_button("Fetch and audit it", type="primary")
        search = search_after("ei_search")
    if pressed and _sound(key, options):
        project = str(options.pop("project") or "")
        _start(
            FIRST,
            f"{SOURCE}:{project}" if project else SOURCE,
            {"host": host.strip(), **options},
            key,
            search,
        )
    prose.note(
        f"Test samples and model are fetched into a folder below {paths.home() / SOURCE} on the machine "
        "that serves this page; that folder can be audited again without a key."
    )


def _key(name: str) -> str:
    return st.text_input(
        "API key", type="password", key=state.fresh(name), placeholder="ei_…", help=KEY_HELP
    ).strip()


def _part() -> dict[str, str | bool | None]:
    numbers = {
        "project": st.text_input("Project", help="Its number, for a key that sees several projects."),
        "impulse": st.text_input("Impulse", help="Its number; the project's default if empty."),
        "block": st.text_input("Learn block", help="Its number; asked for where several fit."),
    }
    via = st.selectbox("How samples are fetched", list(VIA), format_func=VIA.__getitem__)
    model = st.text_input("Model", help="A .h5 or .keras file of your own, if the project offers none.")
    threshold = st.text_input("Threshold", help=THRESHOLD)
    tolerance = st.text_input("Tolerance", help=TOLERANCE)
    trusted = st.checkbox("I trust the code inside this model file")
    return {
        **{name: text.strip() for name, text in numbers.items()},
        "via": None if via == "samples" else via,
        "model": model.strip(),
        "threshold": threshold.strip(),
        "tolerance": tolerance.strip(),
        "trust-code": trusted,
    }


def _sound(key: str, options: dict[str, str | bool | None]) -> bool:
    wrong = [name for name in ("project", "impulse", "block") if not str(options[name] or "0").isdecimal()]
    if not key:
        st.warning("Type the project's API key first.")
    elif wrong:
        st.warning(f"Numbers only, please: {', '.join(wrong)}.")
    return bool(key) and not wrong


def _start(name: str, project: str, options: jobs.Options, key: str, search: bool) -> None:
    then = search_options(options) if search else None
    job = jobs.start("audit", project, options, secrets={KEY: key}, then=then)
    state.renew(name)
    state.put(audit=job.id)
    st.rerun()


def is_edge_impulse(job: Job) -> bool:
    """Whether a job is about an Edge Impulse project."""
    return job.project.split(":")[0] == SOURCE


def choose_block(job: Job) -> None:
    """Where a job ended because several learn blocks fit: choose one and start again."""
    blocks = read_listed(job.error) if is_edge_impulse(job) and job.state == "failed" else {}
    if len(blocks) < 2:
        return
    with st.form(f"block-{job.id}", border=False):
        block = st.selectbox("Learn block", list(blocks), format_func=blocks.__getitem__)
        name = f"{FIRST}-{job.id}"
        key = _key(name)
        if not st.form_submit_button("Start again with this block"):
            return
    if key:
        _start(name, job.project, {**job.options, "block": str(block)}, key, job.searched)
    st.warning("Type the API key once more: it was not kept.")
