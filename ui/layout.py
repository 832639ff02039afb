"""The frame of every page: page config, access, navigation, run picker, empty state, error boundary."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from pyarrow import ArrowException
from streamlit.errors import Error as StreamlitError

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import short
from gradcam_core.runs.store import Run
from ui import access, data, jobs, state
from ui.banner import banner
from ui.prose import note, plain

LOG = logging.getLogger(__name__)
UNDRAWN = "The rest of this page cannot be drawn."
BROKEN = (
    *(LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError, MemoryError),
    *(RecursionError, ArrowException),
)
ROOT = Path(__file__).parents[1]
PRODUCT = "Grad-CAM audit"
MENU = (
    *("0_Audits.py", "5_Findings.py", "1_Overview.py", "2_Gallery.py", "3_Sample.py"),
    *("6_Clusters.py", "8_Compare.py", "7_Verdicts.py", "7_Data.py", "9_Method.py"),
)
OF_EDITORS = ("7_Data.py",)  # pages that start work, and show nothing else
ANALYSE = "pages/4_Analyse.py"
FIRST_DEMO = "pets"
NOTHING = "Nothing was audited yet"


def frame(title: str, question: str, needs: access.Role = "viewer") -> None:
    """Start a page that needs no run: config, access gate, navigation, title; stops without the role."""
    _begin(title)
    st.title(question, anchor=False)
    if not access.may(needs):
        st.info(access.said_role(needs))
        st.stop()


def page(title: str, question: str) -> Run:
    """Start a page about a run and return that run; stops the page with a hint where there is none."""
    _begin(title)
    _run_picker()
    run = state.current_run()
    if run is not None:
        banner(run)
    st.title(question if data.run_paths() else NOTHING, anchor=False)
    _unusable()
    if run is None:
        _no_run()
        st.stop()
    _damage(run)
    return run


def _begin(title: str) -> None:
    icon = str(ROOT / "ui" / "favicon.png")
    name = f"{title} · {PRODUCT}"
    st.set_page_config(page_title=name, page_icon=icon, layout="wide", menu_items={"About": None})
    st.html(ROOT / "ui" / "page.css")
    access.gate()
    _navigation()
    access.badge()


def _damage(run: Run) -> None:
    """Which files of the run are broken, and that the rest is shown."""
    if found := data.damage_of(run):
        said = " ".join(f"{plain(one[:1].upper() + one[1:], 300)}." for one in found)
        st.warning(
            f"This audit is damaged; what still holds is shown. {said}", icon=":material/broken_image:"
        )


def _navigation() -> None:
    with st.sidebar:
        st.html(f'<p class="product">{PRODUCT}</p>')
        for name in MENU:
            if name in OF_EDITORS and not access.may("editor"):
                continue
            label = name.partition("_")[2].removesuffix(".py").replace("_", " ")
            state.link(f"pages/{name}", label, state.to_page(f"pages/{name}"))
        if access.may("editor") and st.button(
            "New audit", icon=":material/add:", key="new_audit", width="stretch"
        ):
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
    run = data.as_written(run_id)
    if run is None:
        return run_id
    created = run.created[5:16].replace("T", " ")
    return f"{short(run.name)} · {created}"


def _unusable() -> None:
    """Folders that are no audits any more; the others are not touched by that."""
    found = data.unusable_runs()
    if found:
        name, why = next(iter(found.items()))
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        with st.sidebar:
            note(f"Cannot be opened: {short(name)}{more}. Expected {short(why, 300)}.")


def _no_run() -> None:
    asked = state.get("run")
    if asked in data.unusable_runs():
        st.error(f"This audit cannot be opened: expected {plain(data.unusable_runs()[asked], 500)}.")
        return
    if asked and data.run_paths():
        st.info(f"There is no audit named {plain(asked, 120)} here. It may have been removed.")
        st.button("Show the newest audit", on_click=state.choose_run, args=(next(iter(data.run_paths())),))
        return
    no_audits()


def no_audits() -> None:
    """What to do where nothing was audited yet, as buttons."""
    st.info("There are no audits here yet.")
    if not access.may("editor"):
        return
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
    except BROKEN as error:
        if isinstance(error, StreamlitError):
            raise
        LOG.exception("a page could not be drawn")
        st.error(
            f"{UNDRAWN} A file of this audit is damaged ({type(error).__name__}); audit the project again."
        )
    except AuditError as error:
        st.error(plain(f"Expected {error.expected}."))
        if error.found:
            st.markdown(f"**Found** {plain(error.found)}")
        if error.todo:
            st.markdown(f"**To do** {plain(error.todo)}")
