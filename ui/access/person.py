"""The gate before every page, and what the person before it may do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import streamlit as st

from gradcam_core.base.errors import AuditError
from ui.access import roles
from ui.access.entry import closed_because, door, providers, said_roles
from ui.access.roles import ROLES, Role

P = ParamSpec("P")
R = TypeVar("R")
MAY = {
    "viewer": "looks and saves files",
    "reader": "gives verdicts and draws regions, too",
    "editor": "starts audits and searches and changes settings, too",
}


def claims() -> dict[str, Any]:
    """What the provider said of the person who is signed in; {} while nobody is."""
    found: dict[str, Any] = dict(st.user.to_dict())
    return found if found.get("is_logged_in") is True else {}


def is_signed_in() -> bool:
    """Somebody is signed in, at a server that asks for it."""
    return door() == "sign-in" and bool(claims())


def identity() -> str:
    """The signed-in person, as verdicts name them; "" without sign-in."""
    return roles.identity(claims()) if is_signed_in() else ""


def role() -> Role | None:
    """What the person before this page is; whoever reaches a server without sign-in is an editor."""
    found = door()
    if found == "open":
        return "editor"
    return roles.role_of(claims(), said_roles()) if found == "sign-in" and claims() else None


def may(wanted: Role) -> bool:
    """The person before this page has this role or a higher one."""
    found = role()
    return found is not None and ROLES.index(found) >= ROLES.index(wanted)


def needs(wanted: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function that only this role or a higher one may call, whatever the page has drawn.

    Raises:
        AuditError: on the call, for everybody else.
    """

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(wanted):
                raise AuditError(f"the role {wanted}, which {MAY[wanted]}", role() or "no role", ASK)
            return function(*args, **kwargs)

        return guarded

    return wrap


ASK = "ask whoever runs this server"


def said_role(wanted: Role) -> str:
    """Why something is not offered: 'This is for editors; your role here is viewer.'"""
    return f"This is for {wanted}s; your role here is {role()}. To change it, {ASK}."


def gate() -> None:
    """Stop the page for people who may not look. Called before any data is touched, by every page."""
    found = door()
    if found == "open":
        return
    if found == "closed":
        st.error(f"Nobody is let in: {closed_because()}. Whoever runs this server has to correct it.")
        st.stop()
    if not claims():
        st.title("Sign in to see the audits")
        for name in providers():
            label = f"Sign in with {name}" if name else "Sign in"
            st.button(label, on_click=st.login, args=(name or None,), type="primary", key=f"sign-in-{name}")
        st.stop()
    if role() is None:
        st.title("You are signed in, and have no role here")
        st.text(f"As {identity()}. Whoever runs this server gives roles in the file with the sign-in.")
        st.button("Sign out", on_click=st.logout, key="sign-out")
        st.stop()


def badge() -> None:
    """In the sidebar: as whom one is signed in, with which role, the way out; nothing without sign-in."""
    if not is_signed_in():
        return
    found = role()
    with st.sidebar, st.container(key="signed-in"):
        st.text(f"{identity()}, {found}", help=f"Your role here: {found}. It {MAY[str(found)]}.")
        st.button("Sign out", on_click=st.logout, key="sign-out", icon=":material/logout:")
