"""What only a real browser shows of Findings and Clusters: cells, a lasso, narrow windows, themes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import serving, settled
from tests.compared_runs import edit_table, two_runs
from tests.run_factory import Recipe
from tests.searched_run import LOOK, QUIET, RUN, searched, uses

pytestmark = pytest.mark.browser
WAIT = 90_000  # a busy machine with two cores


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("searched")
    searched(home, (uses(), LOOK, QUIET), recipe=Recipe(n=80))
    two_runs(home, edit_table(0.9), edit_table(0.02))
    with serving(home) as url:
        yield url


def test_a_cell_of_the_associations_opens_its_samples(address: str, page: Page) -> None:
    page.goto(f"{address}/Findings?run={RUN}")
    cell = page.get_by_role("button", name=re.compile("^cat with south: 40 observed, 20.0 expected"))
    expect(cell).to_contain_text("×2.0", timeout=WAIT)
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/Gallery"))
    assert "view=" in page.url
    expect(page.get_by_text(re.compile("40 of 80"))).to_be_visible(timeout=WAIT)


def test_changed_samples_are_zoomed_together_and_flicked_between_by_a_key(address: str, page: Page) -> None:
    stamp = "-20260102-030405-abc123"
    page.goto(f"{address}/Compare?run=after{stamp}&before=before{stamp}")
    figures, status = page.locator(".fpair figure:visible"), page.locator(".ctools [role=status]")
    expect(figures).to_have_count(24, timeout=WAIT)
    settled(page)
    page.keyboard.press("+")
    moved = page.locator(".cbox img").evaluate_all("all => new Set(all.map(i => i.style.transform)).size")
    assert moved == 1 and "scale(1.3)" in str(page.locator(".cbox img").last.get_attribute("style"))
    page.keyboard.press("f")
    expect(figures).to_have_count(12)
    expect(status).to_have_text("shown: after")
    page.keyboard.press("f")
    expect(status).to_have_text("shown: before")
    page.get_by_role("button", name="Side by side").click()
    expect(figures).to_have_count(24)


def test_a_lasso_opens_the_gallery_with_what_it_holds(address: str, page: Page) -> None:
    page.goto(f"{address}/Clusters?run={RUN}&place=picture")
    plot = page.locator(".js-plotly-plot .nsewdrag").first
    expect(plot).to_be_visible(timeout=WAIT)
    settled(page)
    box = plot.bounding_box()
    assert box is not None
    left, top, width, height = box["x"], box["y"], box["width"], box["height"]
    page.mouse.move(left + 2, top + 2)
    page.mouse.down()
    for x, y in ((0.5, 0.0), (0.5, 1.0), (0.0, 1.0), (0.0, 0.0)):
        page.mouse.move(left + 2 + x * (width - 4), top + 2 + y * (height - 4), steps=8)
    page.mouse.up()
    button = page.get_by_role("button", name=re.compile(r"Open the \d+ selected"))
    expect(button).to_be_enabled(timeout=WAIT)
    chosen = int(re.findall(r"\d+", button.inner_text())[0])
    assert 25 <= chosen <= 55, "a circle of 80 points, its left half drawn around"
    button.click()
    page.wait_for_url(re.compile("/Gallery"))
    expect(page.get_by_text(re.compile(f"{chosen} of 80"))).to_be_visible(timeout=WAIT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["Findings", "Clusters"])
def test_pages_fit_and_take_the_ink_of_the_theme(
    name: str, scheme: str, address: str, chromium: Browser
) -> None:
    context = chromium.new_context(
        viewport={"width": 1024, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{address}/{name}?run={RUN}")
    settled(page)
    text = page.locator(".fnum b" if name == "Findings" else ".js-plotly-plot .legendtext").first
    expect(text).to_be_visible(timeout=WAIT)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 1024
    style = "color" if name == "Findings" else "fill"
    ink = text.evaluate(f"node => getComputedStyle(node).{style}")
    channels = [int(part) for part in re.findall(r"\d+", ink)[:3]]
    assert (min(channels) > 200) if scheme == "dark" else (max(channels) < 90)
    context.close()


def test_example_pictures_are_really_drawn(address: str, page: Page) -> None:
    page.goto(f"{address}/Findings?run={RUN}")
    pictures = page.locator(".fpair img")
    expect(pictures.first).to_be_visible(timeout=WAIT)
    assert (
        pictures.evaluate_all("all => all.map(one => one.naturalWidth)") == [60] * 4
    )  # picture, heat, edit, control
    page.get_by_text("How we know").first.click()
    expect(page.locator(".fheat img").first).to_be_visible(timeout=WAIT)
