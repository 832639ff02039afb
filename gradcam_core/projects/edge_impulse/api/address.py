"""The address of an Edge Impulse server: read, checked, compared."""

import httpx

from gradcam_core.base.errors import SourceError

LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


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
