"""Who is reading: the signed-in person, else a name that is asked once per session."""

import streamlit as st

from gradcam_core.runs.reviews.acts import LONGEST_NAME
from ui import access, state

NAME = "reviewer"
WHY = "Verdicts carry it, so that others know whom to ask."


def reviewer() -> str:
    """The reader's name; "" while nobody has said it."""
    return _signed_in() or str(state.kept(NAME, ""))


def _signed_in() -> str:
    return access.identity()[:LONGEST_NAME]


def ask() -> None:
    """The reader's name in the sidebar; a field where nobody is signed in."""
    if access.is_signed_in():  # the menu says who
        return
    with st.sidebar:
        st.header("Your verdicts", anchor=False)
        key = state.seeded("reviewer_name", reviewer())
        st.text_input(
            "Your name", key=key, max_chars=LONGEST_NAME, help=WHY, placeholder="asked once",
            on_change=state.on_choice(key, remember),
        )  # fmt: skip


def ask_if_needed() -> None:
    """A dialog for the name where somebody gave a verdict without one; it is kept until then."""
    if state.kept("reviewer_asked", False) and not reviewer():
        state.keep("reviewer_asked", False)  # whoever closes it is asked again with the next verdict
        _dialog()


@st.dialog("Who gives this verdict?")
def _dialog() -> None:
    with st.form("reviewer_form", border=False):
        name = st.text_input("Your name", max_chars=LONGEST_NAME)
        st.caption(f"{WHY} Asked once; the verdict is kept meanwhile.")
        if st.form_submit_button("Give the verdict", type="primary") and name.strip():
            remember(name)
            st.rerun()


def remember(name: object) -> None:
    """Take a name for this session; what is no name, and any where people sign in, changes nothing."""
    if not isinstance(name, str) or access.door() != "open":
        return
    state.keep(NAME, name.strip()[:LONGEST_NAME])
    state.keep("reviewer_asked", False)
