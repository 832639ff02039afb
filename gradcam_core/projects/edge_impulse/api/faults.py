"""What goes wrong on the wire, in words: which call, what came back, what to do."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.credentials import KEY_HELP

RETRIED = frozenset((429, 502, 503, 504))
ROLE_HELP = "use a key whose role may do that (Studio > Dashboard > Keys)"
NETWORK_HELP = "check --host and this machine's connection, then start again"
HOST_HELP = "check --host; a proxy or a login page may be answering in its place"

Clean = Callable[[str], str]  # takes the key out of a text


class Denied(SourceError):
    """The server understood and said no: this key may not, or ``success`` is false."""


class Failed(Denied):
    """HTTP 200 with ``success: false``."""


class Again(Exception):
    """The same call may work a moment later; ``after`` seconds where the server said so."""

    def __init__(self, error: SourceError, after: float | None = None) -> None:
        super().__init__(str(error))
        self.error, self.after = error, after


@dataclass(frozen=True)
class Call:
    """One request. ``name`` is what messages say; ``public`` means that it never carries the key."""

    method: str
    url: httpx.URL
    name: str
    body: Any = None
    public: bool = False

    @property
    def expected(self) -> str:
        return f"an answer to {self.name}"


def said(text: str, limit: int = 200) -> str:
    """A server's words on one line, without tags, cut."""
    plain = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    return plain if len(plain) <= limit else plain[: limit - 1] + "…"


def refusal(call: Call, response: httpx.Response, clean: Clean) -> Exception:
    """The error for a status of 400 and above; an :class:`Again` where another try may help."""
    status, reason = response.status_code, clean(said(_reason(response)))
    found = f"{status} {response.reason_phrase}" + (f": {reason}" if reason else "")
    if status == 401:
        return Denied("an API key that the server accepts", f"{found} (in answer to {call.name})", KEY_HELP)
    if status == 403:
        return Denied(f"a key that may call {call.name}", found, ROLE_HELP)
    if status in RETRIED:
        error = SourceError(call.expected, f"{found}, again and again", "try again later")
        return Again(error, _retry_after(response))
    todo = "check --host, --impulse and --block" if status == 404 else "try again later, or check --host"
    return SourceError(call.expected, found, todo)


def _reason(response: httpx.Response) -> str:
    try:
        document = response.json()
    except ValueError:
        return "" if _is_html(response) else response.text
    return str(document.get("error") or "") if isinstance(document, dict) else ""


def _is_html(response: httpx.Response) -> bool:
    return "html" in response.headers.get("content-type", "") or response.text.lstrip()[:1] == "<"


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, from either form of the header."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def dropped(call: Call, error: Exception, clean: Clean) -> Again:
    """The connection failed, or ended before the answer was complete."""
    words = clean(said(str(error))) or type(error).__name__
    found = f"no connection to {call.url.host}, again and again: {words}"
    return Again(SourceError(call.expected, found, NETWORK_HELP))


def not_json(call: Call, response: httpx.Response, clean: Clean) -> SourceError:
    """Something else came than the JSON that was asked for."""
    kind = "HTML" if _is_html(response) else response.headers.get("content-type", "no content type")
    return SourceError(
        f"JSON in answer to {call.name}",
        f"{kind}: {clean(said(response.text, 80)) or 'nothing'}",
        HOST_HELP,
    )


def failed(call: Call, document: dict[str, Any], clean: Clean) -> Failed:
    """The error for ``success: false``, with the server's reason."""
    reason = clean(said(str(document.get("error") or "success is false, without a reason")))
    return Failed(call.expected, reason, f"{KEY_HELP}; --impulse and --block choose another part")
