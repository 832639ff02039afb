"""In a real browser: a run full of hostile names fetches nothing, links nowhere, and breaks no policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import serving, settled
from tests.hostile_names import HOSTILE, hostile_run

pytestmark = pytest.mark.browser
FOREIGN = """() => [...document.querySelectorAll("a[href], img[src]")].map(e => e.href || e.src)
    .filter(u => !u.startsWith("data:") && new URL(u).host !== location.host)"""
PAGES = ("Overview", "Gallery", "Sample", "Findings", "Clusters", "Analyse", "Method")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    hostile_run(home)
    with serving(home) as address:
        yield address


def test_no_name_fetches_links_or_runs_anything(served: str, page: Page) -> None:
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    for name in PAGES:
        page.goto(f"{served}/{name}")
        settled(page)
        page.evaluate(
            "() => document.querySelectorAll('details:not([open]) summary').forEach(s => s.click())"
        )
        page.wait_for_timeout(500)
        assert page.evaluate(FOREIGN) == [], name
        assert page.locator('img[src="x"]').count() == 0, name
        assert page.locator(".katex, .stMarkdownColoredText").count() == 0, name
    assert not [url for url in asked if "evil.example" in url.split("?")[0]]
    assert refused == []


def test_a_foreign_picture_would_be_refused_by_the_policy(served: str, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"{served}/Method")
    settled(page)
    page.evaluate("() => { new Image().src = 'http://evil.example/a.png'; }")
    page.wait_for_timeout(300)
    assert any("evil.example" in text for text in refused)
    page.evaluate("() => { const s = document.createElement('script'); s.text = 'window.bad = 1'; "
                  "document.body.append(s); }")  # fmt: skip
    assert page.evaluate("() => window.bad") is None


def test_names_stand_as_text(served: str, page: Page) -> None:
    page.goto(
        f"{served}/Sample?sample={HOSTILE.replace('&', '%26').replace('=', '%3D').replace('+', '%2B')}-0"
    )
    settled(page)
    assert page.get_by_text("onerror=alert(1)").count() > 0
