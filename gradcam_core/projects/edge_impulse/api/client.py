"""A thin client of Edge Impulse's API: time limits, patience, and a key that goes nowhere else.

The key is sent to the API's own origin only, never after a redirect to another host, and is taken out
of every message. At most ``PARALLEL`` requests run at once, whatever the number of threads.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api import faults
from gradcam_core.projects.edge_impulse.api.address import base_url, origin
from gradcam_core.projects.edge_impulse.api.credentials import DEFAULT_HOST, checked_key
from gradcam_core.projects.edge_impulse.api.faults import Again, Call
from gradcam_core.projects.edge_impulse.api.transfer import Received, save, whole

PARALLEL = 4
ATTEMPTS = 6
REDIRECTS = 5
LONGEST_PAUSE = 300.0  # seconds; a server that asks for more is told to the user
TIMEOUT = httpx.Timeout(60.0, connect=10.0, pool=None)
Value = str | int | bool | None

T = TypeVar("T")
_back_off = wait_exponential_jitter(multiplier=0.5, max=20.0, jitter=0.5)


class Client:
    """One project's key and one server. Use as a context manager; threads may share it."""

    def __init__(self, key: str, host: str = DEFAULT_HOST) -> None:
        self._key, self.base = checked_key(key), base_url(host)
        limits = httpx.Limits(max_connections=PARALLEL, max_keepalive_connections=PARALLEL)
        self._http = httpx.Client(timeout=TIMEOUT, limits=limits, follow_redirects=False)

    def __repr__(self) -> str:
        return f"Client({str(self.base)!r}, key hidden)"

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)

    def clean(self, text: str) -> str:
        """The text without the key."""
        return text.replace(self._key, "[key]")

    def get(self, path: str, params: Mapping[str, Value] | None = None) -> dict[str, Any]:
        """The JSON object that ``GET base/path`` answers.

        Raises:
            Denied: 401, 403, or ``success`` is false.
            SourceError: unreachable, not JSON, or another status, after patient attempts.
        """
        return self._send(self._call("GET", path, params), self._json)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """As :meth:`get`, with a JSON body."""
        return self._send(self._call("POST", path, None, body), self._json)

    def download(
        self, path: str, target: Path, params: Mapping[str, Value] | None = None, limit: int = 1 << 32
    ) -> Received:
        """Stream the answer of ``GET path`` into ``target``, which appears only when it is complete.

        Raises:
            SourceError: as :meth:`get`, or more than ``limit`` bytes.
        """
        return self._save(self._call("GET", path, params), target, limit)

    def download_public(self, url: str, target: Path, limit: int = 1 << 36) -> Received:
        """Stream a pre-signed address, without the key and without its query in any message."""
        try:
            address = self.base.join(url)
        except httpx.InvalidURL:
            raise SourceError("the address of a download", "one that cannot be read", "try again") from None
        call = Call("GET", address, f"GET {address.host}{address.path}", public=True)
        return self._save(call, target, limit)

    def _call(
        self, method: str, path: str, params: Mapping[str, Value] | None = None, body: Any = None
    ) -> Call:
        """``path`` is below the base, or absolute on its host where it begins with the base's path."""
        prefix = self.base.path
        bare = path[len(prefix) :] if path.startswith(f"{prefix}/") else path
        url = self.base.join(prefix + bare)
        if params:
            url = url.copy_merge_params({k: _wire(v) for k, v in params.items() if v is not None})
        return Call(method, url, f"{method} {bare.split('?')[0]}", body)

    def _send(self, call: Call, read: Callable[[Call, httpx.Response], T]) -> T:
        patient = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=_pause,
            retry=retry_if_exception_type(Again),
            sleep=self.wait,
            reraise=True,
        )
        try:
            return patient(self._once, call, read)
        except Again as again:
            raise again.error from None

    def _once(self, call: Call, read: Callable[[Call, httpx.Response], T]) -> T:
        try:
            with self._response(call) as response:
                if response.status_code < 400:
                    return read(call, response)
                raise _patient(call, faults.refusal(call, whole(call, response), self.clean))
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise faults.dropped(call, error, self.clean) from None

    @contextmanager
    def _response(self, call: Call) -> Iterator[httpx.Response]:
        """Follow redirects by hand: what leaves the API's origin leaves without the key."""
        url = call.url
        for _ in range(REDIRECTS):
            with_key = not call.public and origin(url) == origin(self.base)
            headers = {"x-api-key": self._key} if with_key else {}
            with self._http.stream(call.method, url, headers=headers, json=call.body) as response:
                if not response.has_redirect_location:
                    yield response
                    return
                url = self._redirected(call, url, response)
        raise SourceError(call.expected, f"more than {REDIRECTS} redirects", faults.HOST_HELP)

    def _redirected(self, call: Call, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        new = url.join(response.headers["location"])
        downgraded = url.scheme == "https" and new.scheme != "https"
        if call.method != "GET" or downgraded or new.scheme not in ("http", "https"):
            found = f"a redirect to {new.scheme}://{new.host}"
            raise SourceError(call.expected, found, faults.HOST_HELP)
        return new

    def _json(self, call: Call, response: httpx.Response) -> dict[str, Any]:
        response = whole(call, response)
        try:
            document = response.json()
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise faults.not_json(call, response, self.clean)
        if document.get("success") is not True:
            raise faults.failed(call, document, self.clean)
        return document

    def _save(self, call: Call, target: Path, limit: int) -> Received:
        return self._send(call, lambda call, response: self._write(call, response, target, limit))

    def _write(self, call: Call, response: httpx.Response, target: Path, limit: int) -> Received:
        kind = response.headers.get("content-type", "")
        if "json" in kind:
            self._json(call, response)  # an error in JSON speaks for itself
        if "json" in kind or "html" in kind:
            raise SourceError(f"a file in answer to {call.name}", kind, faults.HOST_HELP)
        return save(call, response, target, limit)


def _wire(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _patient(call: Call, error: Exception) -> Exception:
    """An :class:`Again`, unless the server asks for more patience than we have."""
    if isinstance(error, Again) and error.after is not None and error.after > LONGEST_PAUSE:
        found = f"{error.error.found}; the server asks to wait {error.after:.0f} seconds"
        return SourceError(call.expected, found, "try again after that time")
    return error


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Again) and error.after is not None:
        return error.after
    return _back_off(state)
