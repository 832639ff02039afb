"""The wall before the pages, asked with raw requests: hosts, origins, headers, closed routes."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from streamlit import config

from ui import server

FOREIGN = "evil.example"
KNOWN = ("localhost", "127.0.0.1", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST:1", "localhost.")
UNKNOWN = (
    *(FOREIGN, "127.0.0.1.evil.example", "evil.example:8501", "localhost.evil.example", "169.254.169.254"),
    *("localhost@evil.example", "evil.example#localhost", "localhost:port", "", ":", "[::1", "2130706433"),
    *("localhost/x", "localhost evil", "127.1", "0.0.0.0"),
)


def asked(
    host: str = "localhost:1", origin: str | None = None, path: str = "/", **more: str
) -> server.Scope:
    pairs = [("host", host), *([] if origin is None else [("origin", origin)])]
    pairs += [(name.replace("_", "-"), value) for name, value in more.items()]
    headers = [(name.encode(), value.encode("latin-1")) for name, value in pairs]
    return {"type": "http", "path": path, "headers": headers}


@pytest.mark.parametrize("host", KNOWN)
def test_loopback_is_known(host: str) -> None:
    assert server.refused(asked(host)) == 0


@pytest.mark.parametrize("host", UNKNOWN)
def test_any_other_name_is_not(host: str) -> None:
    assert server.refused(asked(host)) == 421


def test_two_hosts_and_none_are_refused() -> None:
    assert server.refused({**asked(), "headers": []}) == 421
    assert server.refused({**asked(), "headers": [(b"host", b"localhost"), (b"host", b"evil")]}) == 421


def test_the_operator_names_further_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"server.allowedHosts": ["audit.example.org", "*.lab.example.org"]}
    given["server.corsAllowedOrigins"] = ["https://portal.example.org"]
    monkeypatch.setattr(config, "get_option", given.__getitem__)
    assert server.is_known("audit.example.org:443") and server.is_known("a.lab.example.org")
    assert not server.is_known("localhost") and not server.is_known("lab.example.org")
    assert server.is_own("https://portal.example.org", "audit.example.org")
    assert not server.is_own("https://other.example.org", "audit.example.org")


def test_without_any_setting_only_loopback_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", lambda name: [])
    assert server.is_known("localhost:1") and not server.is_known(FOREIGN)


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        f"http://{FOREIGN}",
        "http://localhost:2",
        "http://localhost",
        "ftp://localhost:1",
        "file://",
    ],
)
def test_foreign_origins_are_refused(origin: str) -> None:
    assert server.refused(asked(origin=origin)) == 403
    assert server.refused(asked(origin="http://localhost:1")) == 0


def test_files_and_closed_routes_are_refused() -> None:
    for path in (
        "/_stcore/metrics",
        "/base/_stcore/metrics",
        "/_stcore/upload_file/a/b",
        "/_stcore/agent/mcp",
    ):
        assert server.refused(asked(path=path)) == 404
    assert server.refused(asked(path="/_stcore/health")) == 0
    assert server.refused(asked(content_length="70000")) == 413
    assert server.refused(asked(content_length="9" * 5000)) == 413
    assert server.refused(asked(content_length="-1")) == 413


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    from tests.browser.browsing import serving  # needs a browser's package; the tests above do not

    with serving(tmp_path_factory.mktemp("home")) as address:
        yield int(urlsplit(address).port or 0)


def answer(port: int, path: str = "/", method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        method, path, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    return connection.getresponse()


def shaken(port: int, host: str, origin: str) -> str:
    """The status line of a WebSocket's handshake."""
    lines = (
        "GET /_stcore/stream HTTP/1.1", f"Host: {host}", f"Origin: {origin}", "Upgrade: websocket",
        "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Protocol: streamlit",
    )  # fmt: skip
    with socket.create_connection(("127.0.0.1", port), timeout=30) as plain:
        plain.sendall("\r\n".join((*lines, "", "")).encode())
        return plain.recv(64).decode("latin-1").split("\r\n")[0]


def test_a_web_page_of_another_origin_reaches_nothing(port: int) -> None:
    own, foreign = f"127.0.0.1:{port}", f"{FOREIGN}:{port}"
    assert " 101 " in shaken(port, own, f"http://{own}")
    assert " 101 " in shaken(port, f"localhost:{port}", f"http://localhost:{port}")
    for host, origin in ((foreign, f"http://{foreign}"), (own, f"http://{foreign}"), (own, "null")):
        assert " 403" in shaken(port, host, origin)
    assert answer(port, Host=foreign).status == 421
    assert answer(port, "/_stcore/health", Origin=f"http://{foreign}").status == 403


def test_headers_and_routes_of_the_real_server(port: int) -> None:
    page = answer(port)
    assert page.status == 200
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "img-src 'self' data: blob:" in policy
    assert "unsafe-eval" not in policy and "'unsafe-inline'" not in policy.split("style-src")[0]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert answer(port, "/_stcore/metrics").status == 404
    assert answer(port, "/_stcore/upload_file/s/f", "PUT").status == 404
    assert answer(port, "/_stcore/agent/openapi.json").status == 404
    assert answer(port, "/media/../../../../etc/passwd").status in (400, 403, 404)
    assert answer(port, "/_stcore/health").read() == b"ok"


def test_the_pages_are_served_behind_the_wall() -> None:
    assert "Middleware(Guard)" in (Path(server.__file__).parents[1] / "app.py").read_text()
