"""The API key: from the environment, never from an argument, never in a message."""

import os

import httpx

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.faults import KEY_HELP

KEY_VARIABLE, HOST_VARIABLE = "EI_API_KEY", "EI_API_ENDPOINT"
DEFAULT_HOST = "https://studio.edgeimpulse.com/v1"
LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


def key_from_environment() -> str:
    """The key that ``EI_API_KEY`` holds.

    Raises:
        SourceError: none there.
    """
    key = os.environ.get(KEY_VARIABLE, "")
    if not key.strip():
        raise SourceError(
            f"an API key in the environment variable {KEY_VARIABLE}",
            "none",
            "copy it from Studio > Dashboard > Keys; it is never an argument, which others could see",
        )
    return key


def checked_key(key: str) -> str:
    """The key, fit for a header.

    Raises:
        SourceError: other characters; the message does not repeat the key.
    """
    bare = key.strip()
    if not bare or not bare.isascii() or not bare.isprintable() or " " in bare:
        raise SourceError("an API key of plain letters and digits", "other characters", KEY_HELP)
    return bare


def host_from_environment() -> str | None:
    """the address in ``EI_API_ENDPOINT``, as Edge Impulse's own SDK reads it; None without one."""
    return os.environ.get(HOST_VARIABLE) or None


def base_url(text: str) -> httpx.URL:
    """The API's base address out of a host name or a URL, with or without ``/v1``.

    Raises:
        SourceError: no address, one with a password in it, or http to another machine (the key would
            cross the network in the clear).
    """
    written = text.strip().rstrip("/")
    if "://" not in written:
        written = f"{'http' if written.split(':')[0] in LOCAL else 'https'}://{written}"
    try:
        url = httpx.URL(written)
    except httpx.InvalidURL as error:
        raise _unusable("an address that cannot be read", str(error)) from None
    if not url.host or url.userinfo:
        raise _unusable("an address without a host, or with a user name in it")
    if url.scheme != "https" and not (url.scheme == "http" and url.host in LOCAL):
        raise _unusable(f"{url.scheme}://{url.host}", "the API key is sent over https only")
    path = url.path.rstrip("/")
    return url.copy_with(path=path if path.endswith("/v1") else f"{path}/v1", query=None, fragment=None)


def _unusable(found: str, why: str = "") -> SourceError:
    return SourceError(
        "the address of an Edge Impulse server, such as studio.edgeimpulse.com",
        found,
        f"{why + '; ' if why else ''}correct --host",
    )


def origin(url: httpx.URL) -> tuple[str, str, int]:
    """(scheme, host, port): what has to be the same for a key to be sent."""
    return url.scheme, url.host, url.port or {"https": 443, "http": 80}.get(url.scheme, 0)
