"""Every page, component, media and static route of the real server, without sign-in and with each role."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.web.server.starlette import starlette_agent_routes, starlette_routes, starlette_websocket

from gradcam_core.runs.store import open_run
from gradcam_core.runs.verdicts import reviews_of
from tests.browser.browsing import browser, expect, opened
from tests.run_factory import make_run
from tests.ui import signing
from tests.ui.signing import PEOPLE, Server, Visitor, guarded, signed
from ui.access import requests

pytestmark = pytest.mark.slow
PAGES = sorted(path.stem.partition("_")[2] for path in (Path(__file__).parents[2] / "pages").glob("*_*.py"))
OF_A_RUN = ("Overview", "Gallery", "Sample", "Findings", "Clusters", "Verdicts", "Compare")
SECRETS = (b"tiny", b"data:image", b"2026-01-02", b"gradcam_gallery")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    make_run(home)
    with guarded(home) as found:
        yield found


@pytest.fixture(scope="module")
def people(server: Server) -> dict[str, Visitor]:
    """Everybody who knocks: those with a role, those without, those with a cookie that is not theirs."""
    known = {name: Visitor(server).sign_in(name) for name in PEOPLE if name != "unsaid"}
    editor = {"groups": ["audit"], "is_logged_in": True, "origin": server.address, "sub": "1"}
    real = known["editor"].cookies[signing.COOKIE]
    return known | {
        "none": Visitor(server),
        "forged": Visitor(server, signed("another secret " * 3, **editor)),
        "changed": Visitor(server, {signing.COOKIE: real[:40] + "BA"[real[40] == "B"] + real[41:]}),
        "foreign": Visitor(server, signed(**{**editor, "origin": "http://127.0.0.1:1"})),
        "signed out": Visitor(server, signed(**{**editor, "is_logged_in": False})),
        "unsaid": Visitor(server, signed(**{**editor, "groups": [], **PEOPLE["unsaid"]})),
        "genuine": Visitor(server, signed(**editor)),
    }  # fmt: skip


WITH_ACCOUNT = ("stranger", "unverified", "unsaid")
NO_ROLE = ("none", "forged", "changed", "foreign", "signed out", *WITH_ACCOUNT)


def raw(visitor: Visitor, page: str) -> bytes:
    return b"".join(one.SerializeToString() for one in visitor.page(page))


@pytest.mark.parametrize("name", NO_ROLE)
def test_who_has_no_role_sees_nothing_of_any_page(name: str, people: dict[str, Visitor]) -> None:
    """All pages for those before each of the two gates; the others stand before the same ones."""
    place = NO_ROLE.index(name)
    for page in PAGES if name in ("none", "stranger") else PAGES[place : place + 1]:
        found = raw(people[name], page)
        assert not [one for one in SECRETS if one in found], page
        assert (b"no role here" in found) is (name in WITH_ACCOUNT), page
        assert (b"Sign in to see" in found) is (name not in WITH_ACCOUNT), page


@pytest.fixture(scope="module")
def seen(people: dict[str, Visitor]) -> dict[tuple[str, str], bytes]:
    return {
        (name, page): raw(people[name], page) for name in ("viewer", "reader", "editor") for page in PAGES
    }


def test_each_role_sees_its_pages(seen: dict[tuple[str, str], bytes]) -> None:
    for (name, page), found in seen.items():
        assert b"Sign out" in found and b"cannot be drawn" not in found, (name, page)
        if page in OF_A_RUN:
            assert b"tiny" in found, (name, page)
    for name in ("viewer", "reader"):
        for page in ("Analyse", "Data"):
            assert b"This is for editors; your role here is " + name.encode() in seen[name, page]


def test_what_a_role_may_not_do_is_not_offered(seen: dict[tuple[str, str], bytes]) -> None:
    for name in ("viewer", "reader", "editor"):
        edits = name == "editor"
        assert (b"New audit" in seen[name, "Gallery"]) is edits
        assert (b"Test it now" in seen[name, "Overview"]) is edits
        assert (b"Edit it and ask the model again" in seen[name, "Sample"]) is edits
        assert (b"How this project is read" in seen[name, "Verdicts"]) is edits
        assert (b"Draw it" in seen[name, "Sample"]) is (name != "viewer")
        assert (b'"may": true' in seen[name, "Gallery"] or b'"may":true' in seen[name, "Gallery"]) is (
            name != "viewer"
        )


def test_pictures_components_and_files_are_for_those_with_a_role(
    server: Server, people: dict[str, Visitor], seen: dict[tuple[str, str], bytes]
) -> None:
    found = seen["editor", "Overview"]
    media = found[found.index(b"/media/") :].split(b".png")[0].decode("latin-1") + ".png"
    routes = {
        media: 200, media.replace("/media/", "/media//"): 404, "/component/x/index.html": 404,
        "/_stcore/bidi-components/x/y.js": 404, "/app/static/x.png": 200, "/_stcore/xyz": 200,
    }  # fmt: skip
    for path, status in routes.items():
        for name in NO_ROLE:
            assert people[name].status(path) == 401, (path, name)
        for name in ("viewer", "reader", "editor", "genuine"):
            assert people[name].status(path) == status, (path, name)
    assert people["none"].status("/_stcore/health") == people["none"].status("/Overview") == 200
    for closed in ("/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/interact"):
        assert people["editor"].status(closed) == people["none"].status(closed) == 404


def test_every_route_of_streamlit_is_guarded_closed_or_known_to_hold_nothing() -> None:
    modules = (starlette_routes, starlette_websocket, starlette_agent_routes)
    names = {
        str(value) for module in modules for name, value in vars(module).items()
        if name.removeprefix("_").startswith("ROUTE_") and isinstance(value, str)
    }  # fmt: skip
    assert len(names) >= 8
    for route in names:
        assert requests._is_guarded(f"/{route}") or tuple(route.split("/")) in requests.OPEN, route


@pytest.mark.browser
def test_a_verdict_carries_the_address_of_whoever_is_signed_in(server: Server) -> None:
    run = open_run(next((server.secrets.parent / "runs").iterdir()))
    with browser() as chromium, opened(chromium) as page:
        page.goto(f"{server.address}/Sample")
        page.get_by_role("button", name="Sign in").click()
        page.locator("input[name=sub]").first.fill("sub-reader")
        page.locator("input[name=sub]").first.press("Enter")
        page.goto(f"{server.address}/Sample")
        expect(page.get_by_text("ana@clinic.example, reader")).to_be_visible()
        page.get_by_role("button", name="1 shortcut").click()
        expect(page.get_by_text("You: shortcut")).to_be_visible()
        for _ in range(100):
            if found := reviews_of(run).acts(run.name):
                break
            page.wait_for_timeout(100)
    assert [(one.reviewer, one.verdict) for one in found] == [("ana@clinic.example", "shortcut")]


def test_whoever_loses_the_role_or_the_file_is_out_at_once(
    server: Server, people: dict[str, Visitor]
) -> None:
    whole = server.secrets.read_text()
    try:
        for text, told in ((whole.replace("Ana@", "x@").replace("*@", "*@x."), b"no role here"),
                           (whole + "\n[", b"cannot be read"), ("", b"is gone")):  # fmt: skip
            server.secrets.write_text(text)
            found = b""
            for _ in range(60):
                if told in (found := raw(people["viewer"], "Gallery")):
                    break
                time.sleep(0.1)
            assert told in found and b"tiny" not in found
            assert people["viewer"].status("/component/x/index.html") == 401
    finally:
        server.secrets.write_text(whole)
