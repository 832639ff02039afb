"""The wall before the pages: which requests are answered at all, and with which headers.

A page of another origin can make a browser ask this server (DNS rebinding, WebSockets); it is told by the
``Host`` and the ``Origin`` that the browser sends. ``server.allowedHosts`` of Streamlit's configuration
names the hosts, ports aside; a proxy with sign-in adds its own name there.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit import config

from ui import access

LOOPBACK = ("localhost", "127.0.0.1", "::1")
CLOSED = ("/_stcore/metrics", "/_stcore/upload_file", "/_stcore/agent", "/_stcore/script-health-check")
LARGEST = 64 * 1024  # bytes of a request's body; the pages take no files


def _inline_scripts() -> Iterator[str]:
    """The scripts inside Streamlit's own start page, by their hashes; no other inline script runs."""
    page = Path(str(files("streamlit") / "static" / "index.html")).read_bytes()
    for script in re.findall(rb"<script>(.*?)</script>", page, re.DOTALL):
        yield f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


POLICY = "; ".join(
    (
        "default-src 'self'",
        f"script-src 'self' blob: {' '.join(_inline_scripts())}",  # components arrive as blobs
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), usb=()"),
)
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """ASGI middleware: refuses foreign hosts and origins and closed routes, adds the headers."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or hand it on."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif status := refused(scope):
            await _refuse(scope, send, status)
        else:
            await self._app(scope, receive, _with_headers(send))


def refused(scope: Scope) -> int:
    """The status with which a request is refused; 0 for one that may pass."""
    hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
    if len(hosts) != 1 or not is_known(hosts[0]):
        return 421
    if len(origins) > 1 or any(not is_own(origin, hosts[0]) for origin in origins):
        return 403
    if any(f"{part}/" in f"{scope.get('path', '')}/" for part in CLOSED):
        return 404
    if access.is_shared_openly((scope.get("server") or (None,))[0]):
        return 403
    if not access.is_let_in(str(scope.get("path", "")), "; ".join(_values(scope, b"cookie"))):
        return 401
    lengths = _values(scope, b"content-length")
    return 413 if any(not one.isdecimal() or int(one[:12]) > LARGEST for one in lengths) else 0


def is_known(host: str) -> bool:
    """Whether a ``Host`` header (name or address, port or none) is one of this server's own names."""
    name = _name(f"//{host}")
    if name is None or any(sign in host for sign in "/@?#\\ "):
        return False
    patterns = [one.strip().lower().rstrip(".") for one in config.get_option("server.allowedHosts")]
    return any(fnmatchcase(name, pattern) for pattern in patterns or LOOPBACK)


def is_own(origin: str, host: str) -> bool:
    """Whether an ``Origin`` header is this server's own, or listed in ``server.corsAllowedOrigins``."""
    if origin in config.get_option("server.corsAllowedOrigins"):
        return True
    parts = urlsplit(origin) if origin.isprintable() else None
    return parts is not None and parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _name(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises where it is no number
        return parts.hostname.rstrip(".") if parts.hostname else None
    except ValueError:
        return None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


async def _refuse(scope: Scope, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})  # before it was accepted: a plain 403
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": _SAID[status].encode()})


_SAID = {
    401: "Sign in first.",
    403: "This server answers its own pages only, and machines other than its own after a sign-in.",
    404: "There is nothing here.",
    413: "This server takes no files.",
    421: "This server is not known by that name; server.allowedHosts names those it answers to.",
}


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": list(_merged(message.get("headers", ())))}
        await send(message)

    return sending


def _merged(given: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    ours = {name for name, _ in HEADERS}
    yield from (pair for pair in given if pair[0].lower() not in ours)
    yield from HEADERS
