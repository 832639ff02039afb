"""What only a real browser shows: pressed cells, points, themes, a job that outlives its page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import serving, settled
from tests.run_factory import Recipe, make_run

pytestmark = pytest.mark.browser
RUN = "tiny-20260102-030405-abc123"
WAIT = 90_000  # a busy machine with two cores


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("served")
    make_run(home, Recipe(n=24, every_empty=11))
    with serving(home) as url:
        yield url


def test_a_cell_of_the_matrix_opens_the_gallery_with_its_samples(address: str, page: Page) -> None:
    page.goto(f"{address}/Overview?run={RUN}")
    cell = page.get_by_role("button", name=re.compile("^dog predicted as cat: 6 "))
    expect(cell).to_have_text("6", timeout=WAIT)
    cell.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/Gallery"))
    settled(page)
    for part in (f"run={RUN}", "label=dog", "pred=cat"):
        assert part in page.url
    expect(page.get_by_text(re.compile("6 of 24"))).to_be_visible(timeout=WAIT)


def test_a_mark_of_the_strip_opens_its_sample(address: str, page: Page) -> None:
    page.goto(f"{address}/Overview?run={RUN}")
    settled(page)
    marks = page.locator(".js-plotly-plot .scatterlayer .trace").nth(1).locator(".points path")
    expect(marks.first).to_be_visible(timeout=WAIT)
    box = marks.first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"/Sample.*sample=sample-000"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_take_the_ink_of_the_theme(scheme: str, address: str, chromium: Browser) -> None:
    context = chromium.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    page.set_default_timeout(WAIT)
    page.goto(f"{address}/Overview?run={RUN}")
    label = page.locator(".js-plotly-plot .ytick text").first
    expect(label).to_be_visible(timeout=WAIT)
    settled(page)
    ink = label.evaluate("node => getComputedStyle(node).fill")
    channels = [int(part) for part in re.findall(r"\d+", ink)[:3]]
    assert (min(channels) > 200) if scheme == "dark" else (max(channels) < 90)
    context.close()


def test_bad_input_is_answered_by_the_real_command(address: str, page: Page) -> None:
    page.goto(f"{address}/Analyse")
    field = page.get_by_label("Project", exact=True)
    field.fill("/no/such/project")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("/no/such/project").last).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("To do", exact=True)).to_be_visible(timeout=WAIT)


def test_pages_fit_a_narrow_window(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 1024, "height": 800})
    for name in ("Overview", "Analyse", "Method"):
        page.goto(f"{address}/{name}")
        settled(page)
        width = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= 1024, name
