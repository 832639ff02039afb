"""Who may look: sign-in where the operator configured it, otherwise whoever reaches loopback.

Whatever cannot be read means closed: a secrets file that is there but broken may hold a sign-in.
"""

import os
from typing import Literal

import streamlit as st
from streamlit import config
from streamlit.errors import Error

Door = Literal["open", "sign-in", "closed"]
UNREADABLE = (Error, OSError, ValueError, TypeError, RecursionError, MemoryError)


def door() -> Door:
    """Open without any secrets file; "sign-in" where one has ``[auth]``; closed where one is unreadable."""
    try:
        return "sign-in" if "auth" in st.secrets else "open"
    except UNREADABLE:
        return "closed" if _expected() else "open"


def _expected() -> bool:
    """Whether the operator named secrets files, or one of the usual ones is there."""
    named = config.is_manually_set("secrets.files")
    return named or not all(_missing(str(file)) for file in config.get_option("secrets.files"))


def _missing(file: str) -> bool:
    """Surely not there; a folder that may not be searched leaves it open."""
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def gate() -> None:
    """Stop the page for people who may not look. Called before any data is touched, by every page."""
    found = door()
    if found == "open" or (found == "sign-in" and st.user.get("is_logged_in") is True):
        return
    if found == "closed":
        st.error(
            "Nobody is let in: the file with the sign-in (secrets.toml) cannot be read. Whoever runs this "
            "server has to correct it."
        )
        st.stop()
    st.title("Sign in to see the audits")
    st.button("Sign in", on_click=st.login, type="primary")
    st.stop()
