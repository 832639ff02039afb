"""Whether there is a sign-in: where the operator configured one; else whoever reaches loopback comes in.

Whatever cannot be read means closed: a secrets file that is there but broken may hold a sign-in, and one
that is half filled in is none.
"""

import os
from collections.abc import Mapping
from typing import Any, Literal

import streamlit as st
from streamlit import auth_util, config
from streamlit.errors import Error

from ui.access import roles

Door = Literal["open", "sign-in", "closed"]
UNREADABLE = (Error, OSError, ValueError, TypeError, RecursionError, MemoryError)
SHORTEST_SECRET = 32  # characters; whoever guesses it signs in as anybody
NEEDED = ("client_id", "client_secret", "server_metadata_url")
CALLBACK = "/oauth2callback"
_guarded = False  # this server has had a sign-in since it was started


def door() -> Door:
    """Open without any secrets file; "sign-in" where ``[auth]`` is whole; closed where nobody can tell."""
    return _seen()[0]


def closed_because() -> str:
    """What whoever runs this server has to correct; "" where the door is not closed."""
    return _seen()[1]


def said_roles() -> Mapping[str, Any]:
    """The table ``[roles]``, checked; empty where there is none, or no sign-in."""
    return _table("roles") if door() == "sign-in" else {}


def providers() -> list[str]:
    """Names of the providers below ``[auth]``; one empty name where ``[auth]`` itself is the only one."""
    auth = _table("auth")
    named = [name for name, value in auth.items() if isinstance(value, Mapping) and "client_id" in value]
    return [*([""] if "client_id" in auth else []), *named]


def keep_guarded() -> None:
    """From now on a sign-in that is gone means closed, not open."""
    global _guarded
    _guarded = True


def _seen() -> tuple[Door, str]:
    try:
        if "auth" not in st.secrets:
            return _without()
        wrong = _incomplete(_table("auth")) or roles.wrong(_table("roles"))
    except UNREADABLE:
        unreadable: Door = "closed"
        return (unreadable, "secrets.toml cannot be read") if _expected() else _without()
    return ("closed", wrong) if wrong else ("sign-in", "")


def _without() -> tuple[Door, str]:
    if _guarded:
        return "closed", "the [auth] that secrets.toml had when this server was started is gone"
    return "open", ""


def _table(name: str) -> dict[str, Any]:
    """One table of the secrets; {} where there is none.

    Raises:
        TypeError: it is no table.
    """
    found = st.secrets.get(name, {})
    if not isinstance(found, Mapping):
        raise TypeError(name)
    return dict(found)


def _incomplete(auth: Mapping[str, Any]) -> str:
    """What is missing below ``[auth]``; "" where it is whole."""
    if not str(auth.get("redirect_uri", "")).endswith(CALLBACK):
        return f"[auth] needs a redirect_uri that ends in {CALLBACK}"
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET:
        return f"[auth] needs a random cookie_secret of {SHORTEST_SECRET} characters or more"
    named = [value for value in auth.values() if isinstance(value, Mapping) and "client_id" in value]
    for one in named or [auth]:
        if missing := [key for key in NEEDED if not one.get(key)]:
            return f"[auth] needs {', '.join(missing)}"
    if not auth_util.is_authlib_installed():
        return "sign-in needs the package Authlib: pip install 'gradcam-audit[sign-in]'"
    return ""


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
