"""What only a real browser shows of readings: bars and boxes of a regression lead to their samples."""

import contextlib
import re
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import FloatRect, Page, TimeoutError, expect  # noqa: A004

from tests.browser.browsing import serving, settled
from tests.run_numbers import make_number_run

pytestmark = pytest.mark.browser
WAIT = 90_000  # a busy machine with two cores
N = 24


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, pd.DataFrame]]:
    """The address of Overview, and the run's table."""
    home = tmp_path_factory.mktemp("numbers")
    folder = make_number_run(home, n=N)
    with serving(home) as url:
        yield f"{url}/Overview?run={folder.name}", pd.read_parquet(folder / "samples.parquet")


def drawn(page: Page, address: str, part: str) -> FloatRect:
    """The first ``part`` of a figure on the page, where it is once the page is quiet."""
    page.goto(address)
    mark = page.locator(part).first
    expect(mark).to_be_visible(timeout=WAIT)
    settled(page)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    return box


def in_gallery(page: Page, count: int, *columns: str) -> None:
    page.wait_for_url(re.compile("/Gallery"))
    expect(page.get_by_text(re.compile(rf"\b{count} of {N}\b")).first).to_be_visible(timeout=WAIT)
    assert all(column in page.url for column in columns)


def test_a_bar_of_the_errors_opens_its_samples(served: tuple[str, pd.DataFrame], page: Page) -> None:
    address, table = served
    bar = drawn(page, address, ".js-plotly-plot .barlayer .point path")
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    in_gallery(page, int((table["error"] == table["error"].min()).sum()), "error")


def test_a_box_over_the_scatter_opens_its_samples(served: tuple[str, pd.DataFrame], page: Page) -> None:
    """Everything right of the middle of the plot."""
    address, table = served
    middle = (table["target"].min() + table["target"].max()) / 2
    plot = drawn(page, address, '.js-plotly-plot:has(.xtitle:text-is("target")) .nsewdrag')
    for _ in range(3):  # a busy machine may redraw under the mouse, and the box is lost
        left, right = plot["x"] + plot["width"] / 2, plot["x"] + plot["width"] - 2
        page.mouse.move(left, plot["y"] + 2)
        page.mouse.down()
        page.mouse.move((left + right) / 2, plot["y"] + plot["height"] / 2, steps=8)
        page.mouse.move(right, plot["y"] + plot["height"] - 2, steps=8)
        page.mouse.up()
        with contextlib.suppress(TimeoutError):
            page.wait_for_url(re.compile("/Gallery"), timeout=20_000)
            break
    in_gallery(page, int((table["target"] > middle).sum()), "target", "output")
