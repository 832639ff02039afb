"""Named views in the gallery's menu, and on the Verdicts page: who reads what, how far they have come."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from gradcam_core.base.errors import AuditError
from gradcam_core.base.text import in_percent
from gradcam_core.runs import queries
from gradcam_core.runs.filters import Filters
from gradcam_core.runs.reviews.acts import LONGEST_NAME as LONGEST_READER
from gradcam_core.runs.reviews.views import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    View,
    assigned,
    views_of,
)
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import has_reviews, reviews_of
from ui import access, data, prose, state
from ui.reviews import filtered, shown, who

PROBLEM = "views_problem"
ALL = "all samples"


def of(run: Run) -> list[View]:
    """The named views of the run's project; none where what people said cannot be read."""
    try:
        return views_of(reviews_of(run).settings(run.name)) if has_reviews(run) else []
    except AuditError:
        return []


def filters_of(run: Run, view: View) -> Filters:
    """The rule of a view as filters of this run; what this run does not know is left out."""
    return queries.from_query(state.with_selection(view.query), data.table(run))[0]


def count(run: Run, view: View) -> int:
    """How many samples of this run meet the rule now."""
    return len(filtered.order(run, filters_of(run, view), "", False))


def menu(run: Run) -> None:
    """In the sidebar: the views with their counts as links, and a form to name what is shown."""
    known = of(run)
    with st.sidebar, st.expander("Named views", expanded=bool(known), icon=":material/bookmarks:"):
        for view in known:
            link(run, view)
        if access.may("reader"):
            _name_it(run)
        if known and access.may("editor"):
            _remove(run, [view.name for view in known])
        _problem()


def _name_it(run: Run) -> None:
    with st.form("keep_view", border=False, clear_on_submit=True):
        name = st.text_input("Name what is shown", max_chars=LONGEST_NAME, placeholder="a name")
        about = st.text_input("What it is for", max_chars=LONGEST_DESCRIPTION, placeholder="optional")
        if st.form_submit_button("Keep as a view"):
            keep(run, name.strip(), about.strip())


def link(run: Run, view: View) -> None:
    """A view as a link to the gallery, with its count and what it is for."""
    label = f"{view.name} · {count(run, view):,}"
    state.link(state.GALLERY, label, _address(view))
    if view.description:
        st.caption(prose.plain(view.description))


def _address(view: View) -> state.Query:
    return {**state.carried(), **{key: list(values) for key, values in view.query.items()}}


def _remove(run: Run, names: list[str]) -> None:
    with st.popover("Remove a view", type="tertiary"):
        name = st.selectbox("View", names, key="view_to_remove")
        if st.button("Remove", key="remove_view") and name:
            remove(run, str(name))


def readings(run: Run) -> None:
    """The Verdicts page: each reader's own view with how far they have come, and a form to share out."""
    mine = [view for view in of(run) if view.reader]
    if mine:
        st.header("Who reads what", anchor=False)
        judged = {(act.reviewer, act.sample) for act in shown.of(run).everybody if act.verdict}
        for view in mine:
            _reading(run, view, judged)
    if access.may("editor"):
        with st.expander("Share the samples among readers", icon=":material/group_add:"):
            _share(run)
    _problem()


def _reading(run: Run, view: View, judged: set[tuple[str, str]]) -> None:
    rows = filtered.order(run, filters_of(run, view), "", False)
    names = data.table(run)["sample_id"].iloc[rows]
    done = sum((view.reader, str(name)) in judged for name in names)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        state.link(state.GALLERY, view.name, _address(view))
        share = f" ({in_percent(done / len(rows))})" if len(rows) else ""
        st.markdown(f"{done:,} of {len(rows):,} judged{share}", width="content")
        left = {**_address(view), "judged": [filtered.NOT_BY_YOU]}
        if view.reader == who.reviewer() and done < len(rows):
            state.link(state.GALLERY, "What is left", left)


def _share(run: Run) -> None:
    known = {view.name: view for view in of(run) if not view.reader}
    with st.form("share_samples", border=False):
        names = st.text_area(
            "Readers, a line each", max_chars=200 * LONGEST_READER, placeholder="Ana\nBen", height=120
        )
        which = st.selectbox("Of", [ALL, *known])
        each = st.number_input("Readers for each picture", 1, 200, 1)
        st.caption(
            "Each reader gets a named view. Only pictures that two people read tell how far they agree. "
            "Shares follow from the files' paths: later audits of this project are shared out alike."
        )
        if st.form_submit_button("Share out"):
            base = known[which].query if which in known else {}
            share_out(run, names.splitlines(), int(each), base)


@access.needs("reader")
def keep(run: Run, name: str, about: str) -> None:
    """Keep what the gallery shows as a view."""
    _store(run, lambda: [View(name, state.rule(), about)])


@access.needs("editor")
def remove(run: Run, name: str) -> None:
    """Take a view out of the menu; its settings stay in the database."""
    _store(run, lambda: [View(name)], gone=True)


@access.needs("editor")
def share_out(run: Run, readers: list[str], each: int, base: Mapping[str, Sequence[str]]) -> None:
    """Give each reader a view of their own."""
    _store(run, lambda: assigned(readers, each, base))


def _store(run: Run, made: Callable[[], list[View]], gone: bool = False) -> None:
    """Store or take away views; a mistake is said below the form."""
    try:
        for view in made():
            reviews_of(run).set(run.name, view.setting, None if gone else view.stored(), who.reviewer())
        state.keep(PROBLEM, "")
    except AuditError as error:
        state.keep(PROBLEM, f"Not kept: expected {error.expected}; found {error.found}.")
    st.rerun()


def _problem() -> None:
    if problem := state.kept(PROBLEM, ""):
        st.error(prose.plain(problem))
