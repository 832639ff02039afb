"""Requests that no page's script answers: pictures, files of components, and who may fetch them.

Streamlit asks nobody for ``/media`` and the files of components; here they take the cookie that its sign-in
has set, signed with ``cookie_secret`` and made out for this very address.
"""

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import cookie_parser
from streamlit import auth_util, config
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui.access import roles
from ui.access.entry import UNREADABLE, door, said_roles

GUARDED = {"media", "component", "app", "_stcore"}
OPEN = (("_stcore", "health"), ("_stcore", "host-config"), ("_stcore", "stream"))
"""What the sign-in page itself needs; the stream carries pages, and each of those has its gate."""
KNOWN = "--i-know"
_knowingly = False


def is_let_in(path: str, cookies: str) -> bool:
    """Whether a request may be answered: its path is nobody's secret, or its cookie has a role.

    Args:
        path: the decoded path of the request, from the first slash on.
        cookies: its header ``Cookie``; "" without one.
    """
    found = door()
    if found == "open" or not _is_guarded(path):
        return True
    try:
        said = claims(cookies) if found == "sign-in" else {}
        return bool(said) and roles.role_of(said, said_roles()) is not None
    except (*UNREADABLE, KeyError, AttributeError):
        return False


def _is_guarded(path: str) -> bool:
    base = _parts(config.get_option("server.baseUrlPath") or "")
    parts = _parts(path)
    inside = parts[len(base) :] if parts[: len(base)] == base else parts
    return bool(GUARDED & set(parts)) and inside not in OPEN


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.split("/") if part)


def claims(cookies: str) -> Mapping[str, Any]:
    """What the sign-in cookie says; {} without one, or one that is forged, too old or for another place."""
    jar = cookie_parser(cookies)

    def opened(name: str) -> bytes | None:
        return decode_signed_value(get_cookie_secret(), name, jar[name]) if jar.get(name) else None

    signed = auth_util.get_cookie_with_chunks(opened, USER_COOKIE_NAME)
    said = json.loads(signed) if signed else None
    if not isinstance(said, dict) or said.get("is_logged_in") is not True:
        return {}
    return said if said.get("origin") == auth_util.get_origin_from_redirect_uri() else {}


def is_shared_openly(address: str | None) -> bool:
    """Whether a request that arrived at this address of the machine came from outside without any sign-in.

    False where ``--i-know`` was given.
    """
    return door() == "open" and not _knowingly and not is_loopback(address)


def is_loopback(address: str | None) -> bool:
    """An address that only this machine reaches; a file (socket), too, which has none."""
    if address is None or address.startswith(("/", "unix:")) or address == "localhost":
        return True
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)


def share_knowingly() -> None:
    """Whoever started this server said that it may be reached from outside without sign-in."""
    global _knowingly
    _knowingly = True
