"""The reader's place: one history entry for stepping, the same card, filters and scroll on the way back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import serving, settled
from tests.run_factory import Recipe, make_run

pytestmark = pytest.mark.browser
SLOWEST = """() => Math.max(...[...document.querySelectorAll('*')].flatMap(one => {
  const { transitionDuration, animationDuration } = getComputedStyle(one);
  return `${transitionDuration},${animationDuration}`.split(',').map(parseFloat);
}))"""
TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    make_run(home, Recipe(n=120))
    with serving(home) as address:
        yield address


def gallery(page: Page, server: str) -> str:
    """The gallery of correct samples in the order of their ids, scrolled to a card far down."""
    page.goto(f"{server}/Gallery?outcome=correct&sort=sample_id&order=asc")
    page.locator(".card").nth(40).wait_for()
    settled(page)
    page.wait_for_timeout(1000)
    card = page.locator(".card").nth(40)
    card.scroll_into_view_if_needed()
    page.wait_for_timeout(400)
    assert page.evaluate(TOP) > 400
    return str(card.get_attribute("data-id"))


def test_stepping_is_one_entry_and_back_returns_to_the_same_place(page: Page, server: str) -> None:
    chosen = gallery(page, server)
    before = page.evaluate(TOP)
    page.locator(f".card[data-id={chosen}]").click()
    page.wait_for_url("**/Sample?*")
    page.locator(".panel").first.wait_for()
    entries = page.evaluate("history.length")
    for _ in range(3):
        here = page.url
        page.keyboard.press("ArrowRight")
        page.wait_for_function("before => location.href !== before", arg=here)
        settled(page)
    assert page.evaluate("history.length") == entries
    page.go_back()
    page.wait_for_url("**/Gallery?*")
    page.locator(".card").nth(40).wait_for()
    page.wait_for_timeout(1500)
    assert abs(page.evaluate(TOP) - before) < 400
    focused = page.evaluate(
        "() => { let e = document.activeElement; while (e.shadowRoot) e = e.shadowRoot.activeElement;"
        " return e.dataset.id }"
    )
    assert focused and focused > chosen, "the card of the sample that was seen last"


def test_filters_and_scroll_survive_a_look_at_the_findings(page: Page, server: str) -> None:
    gallery(page, server)
    before = page.evaluate(TOP)
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("link", name="Findings").click()
    page.wait_for_url("**/Findings?*")
    settled(page)
    sidebar.get_by_role("link", name="Gallery").click()
    page.wait_for_url("**/Gallery?*outcome=correct*")
    page.locator(".card").nth(40).wait_for()
    page.wait_for_timeout(1500)
    assert abs(page.evaluate(TOP) - before) < 60


def test_the_first_tab_leads_over_the_menu_to_the_pictures(page: Page, server: str) -> None:
    page.goto(f"{server}/Gallery")
    page.locator(".card").first.wait_for()
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Jump to the first picture")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_be_focused()
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(SLOWEST) <= 0.001, "who asked for less motion gets none"
