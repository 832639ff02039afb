"""The dashboard behind a sign-in: a small OpenID provider, people, and browsers made of plain requests."""

import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from itsdangerous import URLSafeTimedSerializer
from oidc_provider_mock import User, run_server_in_thread
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.browser.browsing import serving

SECRET = secrets.token_hex(32)
COOKIE, XSRF = "_streamlit_user", "_streamlit_xsrf"
ROLES = {
    "viewer": ["*@clinic.example"],
    "reader": ["ana@clinic.example"],
    "editor": ["groups=audit", "eve@clinic.example"],
}
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "viewer": {"email": "vic@clinic.example", "email_verified": True},
    "reader": {"email": "Ana@clinic.example", "email_verified": True},
    "editor": {"name": "Ed", "groups": ["staff", "audit"]},
    "stranger": {"email": "vic@clinic.example.org", "email_verified": True, "groups": ["auditors"]},
    "unverified": {"email": "eve@clinic.example", "email_verified": False},
    "unsaid": {"email": "eve@clinic.example"},
}


def secrets_toml(provider: str) -> str:
    """A whole ``secrets.toml``; ``{port}`` is filled in by Streamlit."""
    auth = {
        "redirect_uri": "http://127.0.0.1:{port}/oauth2callback", "cookie_secret": SECRET,
        "client_id": "audit", "client_secret": "of the client",
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    }  # fmt: skip
    lines = ["[auth]", *(f"{name} = {json.dumps(value)}" for name, value in auth.items())]
    return "\n".join([*lines, "[roles]", *(f"{name} = {json.dumps(one)}" for name, one in ROLES.items())])


@dataclass(frozen=True)
class Server:
    """Its address, and the file that says who may come in."""

    address: str
    secrets: Path

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")


@contextmanager
def guarded(home: Path) -> Iterator[Server]:
    """The dashboard on the runs below ``home``, with the provider that knows :data:`PEOPLE`."""
    file = home / "secrets.toml"
    users = [User(sub=f"sub-{name}", claims=dict(claims)) for name, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=users) as provider:
        file.write_text(secrets_toml(f"http://localhost:{provider.server_port}"))
        with serving(home, "--secrets.files", str(file)) as address:
            yield Server(address, file)


class Visitor:
    """A browser without a window: cookies, requests, and the stream that carries pages."""

    def __init__(self, server: Server, cookies: Mapping[str, str] | None = None) -> None:
        self.server, self._given = server, dict(cookies or {})
        self._jar = CookieJar()

    @cached_property
    def _web(self) -> urllib.request.OpenerDirector:
        return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))

    @property
    def cookies(self) -> dict[str, str]:
        return {**{one.name: str(one.value) for one in self._jar}, **self._given}

    @property
    def _header(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def status(self, path: str, method: str = "GET") -> int:
        """What the server answers to one request."""
        request = urllib.request.Request(self.server.address + path, method=method, headers=self._header)
        try:
            return int(urllib.request.urlopen(request, timeout=30).status)
        except urllib.error.HTTPError as error:
            return error.code

    def page(self, name: str, query: str = "", press: str = "") -> list[ForwardMsg]:
        """All messages of one run of a page's script; with the button ``press`` pressed on a second run."""
        if XSRF not in self.cookies:
            self._web.open(f"{self.server.address}/_stcore/health", timeout=30).close()
        way, says = f"ws://{self.server.host}/_stcore/stream", ["streamlit", self.cookies[XSRF]]
        with connect(
            way,
            origin=self.server.address,
            subprotocols=says,
            additional_headers=self._header,
            max_size=None,
        ) as stream:
            first = _run(stream, name, query)
            return [*first, *_run(stream, name, query, _button(first, press))] if press else first

    def sign_in(self, person: str) -> "Visitor":
        """Press *Sign in*, follow to the provider, say who it is, come back with the cookie."""
        said = self.page("Overview", press="Sign in")
        way = next(one.auth_redirect.url for one in said if one.WhichOneof("type") == "auth_redirect")
        form = self._web.open(urllib.parse.urljoin(self.server.address, way), timeout=30)
        self._web.open(form.url, urllib.parse.urlencode({"sub": f"sub-{person}"}).encode(), timeout=30)
        return self


def _run(stream: Any, name: str, query: str, pressed: str = "") -> list[ForwardMsg]:
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = name, query
    if pressed:
        message.rerun_script.widget_states.widgets.add(id=pressed, trigger_value=True)
    stream.send(message.SerializeToString())
    found: list[ForwardMsg] = []
    while not found or found[-1].WhichOneof("type") != "script_finished":
        found.append(ForwardMsg.FromString(stream.recv(timeout=60)))
    return found


def _button(messages: list[ForwardMsg], label: str) -> str:
    buttons = (one.delta.new_element.button for one in messages if one.WhichOneof("type") == "delta")
    return next(str(one.id) for one in buttons if one.label == label)


def signed(secret: str = SECRET, **claims: Any) -> dict[str, str]:
    """A sign-in cookie made by hand; with the server's own secret it is a stolen signature at its best."""
    return {COOKIE: str(URLSafeTimedSerializer(secret, salt=COOKIE).dumps(json.dumps(claims)))}
