"""The frame of every page: page config, access, navigation, run picker, empty state, error boundary."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.store import Run
from ui import access, data, jobs, state
from ui.prose import plain

ROOT = Path(__file__).parents[1]
PRODUCT = "Grad-CAM audit"
MENU = (
    *("0_Audits.py", "5_Findings.py", "1_Overview.py", "2_Gallery.py", "3_Sample.py"),
    *("6_Clusters.py", "9_Method.py"),
)
ANALYSE = "pages/4_Analyse.py"
FIRST_DEMO = "pets"
NOTHING = "Nothing was audited yet"


def frame(title: str, question: str) -> None:
    """Start a page that needs no run: config, access gate, navigation, title."""
    icon = str(ROOT / "ui" / "favicon.png")
    name = f"{title} · {PRODUCT}"
    st.set_page_config(page_title=name, page_icon=icon, layout="wide", menu_items={"About": None})
    st.html(ROOT / "ui" / "page.css")
    access.gate()
    _navigation()
    st.title(question, anchor=False)


def page(title: str, question: str) -> Run:
    """Start a page about a run and return that run; stops the page with a hint where there is none."""
    frame(title, question if data.run_paths() else NOTHING)
    _run_picker()
    run = state.current_run()
    if run is None:
        _no_run()
        st.stop()
    return run


def _navigation() -> None:
    with st.sidebar:
        st.html(f'<p class="product">{PRODUCT}</p>')
        for name in MENU:
            label = name.partition("_")[2].removesuffix(".py").replace("_", " ")
            state.link(f"pages/{name}", label, state.to_page(f"pages/{name}"))
        if st.button("New audit", icon=":material/add:", key="new_audit", width="stretch"):
            st.switch_page(ANALYSE)


def _run_picker() -> None:
    known = list(data.run_paths())
    if not known or state.run_id() not in known:
        return
    with st.sidebar:
        st.selectbox(
            "Audit",
            known,
            key=state.seeded("run_picker", state.run_id()),
            format_func=_run_name,
            on_change=state.on_choice("run_picker", state.choose_run),
        )


def _run_name(run_id: str) -> str:
    run = data.run(run_id)
    if run is None:
        return run_id
    created = run.created[5:16].replace("T", " ")
    return f"{run.name} · {created}"


def _no_run() -> None:
    asked = state.get("run")
    if asked and data.run_paths():
        st.info(f"There is no audit named {asked} here. It may have been removed.")
        st.button("Show the newest audit", on_click=state.choose_run, args=(next(iter(data.run_paths())),))
        return
    no_audits()


def no_audits() -> None:
    """What to do where nothing was audited yet, as buttons."""
    st.info("There are no audits here yet.")
    st.markdown(
        "An audit shows what a model looks at, and tests by edited pictures whether it cheats. Begin with "
        "a demonstration whose truth is known, or with a model and a folder of test pictures of your own."
    )
    with st.container(horizontal=True):
        demo = st.button("Audit the pets demonstration", type="primary", icon=":material/play_arrow:")
        own = st.button("Audit my own project", icon=":material/folder_open:")
    if demo:
        job = jobs.start("audit", f"demo:{FIRST_DEMO}", {}, then=jobs.SEARCH)
        st.switch_page(ANALYSE, query_params={"audit": job.id})
    if own:
        st.switch_page(ANALYSE)


@contextmanager
def boundary() -> Iterator[None]:
    """Show an :class:`AuditError` raised inside as what was expected, found and to do."""
    try:
        yield
    except AuditError as error:
        st.error(plain(f"Expected {error.expected}."))
        if error.found:
            st.markdown(f"**Found** {plain(error.found)}")
        if error.todo:
            st.markdown(f"**To do** {plain(error.todo)}")
