"""Every page, the sign-in page apart, and the report before axe-core: nothing serious, nothing moderate."""

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from gradcam_core.runs.report.door import report
from gradcam_core.runs.store import open_run
from tests.browser.browsing import ROOT, serving, settled
from tests.run_factory import Recipe, make_run
from tests.searched_run import QUIET, searched, uses

pytestmark = pytest.mark.browser
SCRIPT = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
PAGES = sorted(path.stem.partition("_")[2] for path in (ROOT / "pages").glob("*_*.py"))
SCHEMES = ("light", "dark")
GRAVE = ("moderate", "serious", "critical")
RUN = """([rules, grave]) => axe.run(document, {resultTypes: ["violations"], ...rules}).then(found => {
  const said = (one, node) =>
    [one.impact, one.id, node.html.slice(0, 160), node.failureSummary].join(" | ");
  return found.violations.filter(one => grave.includes(one.impact))
    .flatMap(one => one.nodes.map(node => said(one, node)));
})"""
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What another theme can change; the tree of the page stays."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("home")
    run = searched(found, (uses(), QUIET))
    many = Recipe(n=70, name="many", created="2025-01-01T00:00:00+00:00", every_unreadable=9, every_empty=7)
    make_run(found, many)
    for audience in ("all", "owner", "reader"):
        report(open_run(run), found / f"{audience}.html", audience=audience, samples=6)  # type: ignore[arg-type]
    return found


@pytest.fixture(scope="module")
def page(chromium: Browser, home: Path) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, bypass_csp=True)
    found = context.new_page()
    found.set_default_timeout(90_000)
    yield found
    context.close()


def found_on(page: Page) -> list[str]:
    """What axe finds on an opened page, in both themes."""
    page.evaluate(SCRIPT)
    page.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    said: list[str] = []
    for scheme, rules in zip(SCHEMES, ({}, COLOURS), strict=True):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.wait_for_timeout(300)
        said += [f"{scheme}: {one}" for one in page.evaluate(RUN, [rules, GRAVE])]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return said


def test_every_page(page: Page, home: Path) -> None:
    found: dict[str, list[str]] = {}
    with serving(home) as address:
        for place in (*PAGES, "Gallery?run=many-20250101-000000-abc123&per=30"):
            page.goto(f"{address}/{place}")
            settled(page)
            page.evaluate(
                "document.querySelectorAll('details:not([open]) summary').forEach(s => s.click())"
            )
            found[place] = found_on(page)
    assert "\n".join(f"{place}: {one}" for place, said in found.items() for one in said) == ""


def test_every_report(page: Page, home: Path) -> None:
    for audience in ("all", "owner", "reader"):
        page.goto((home / f"{audience}.html").as_uri())
        assert found_on(page) == [], audience
