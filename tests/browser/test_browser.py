"""The gallery and the sample page in a real browser: what only pixels, keys and reloads can show."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import serving, settled
from tests.run_factory import Recipe, make_run

pytestmark = pytest.mark.browser
NASTY = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    make_run(home, Recipe(n=70, every_unreadable=9, every_empty=7))
    xray = Recipe(
        n=6, name="xray", size=(240, 120), input=(64, 64, 1), resize="fit-long", classes=("none", NASTY),
        fine=None, created="2026-01-01T00:00:00+00:00",
    )  # fmt: skip
    make_run(home, xray)
    wide = Recipe(n=6, name="wide", size=(90, 180), resize="fit-short", created="2025-01-01T00:00:00+00:00")
    make_run(home, wide)
    with serving(home) as address:
        yield address


def gallery(page: Page, server: str, query: str = "") -> Locator:
    page.goto(f"{server}/Gallery?{query}")
    page.locator(".card").first.wait_for()
    return page.locator(".card")


HEAT = """canvas => {
  const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let sum = 0;
  for (let i = 3; i < pixels.length; i += 4) sum += pixels[i];
  return sum / (pixels.length / 4) / 255;
}"""  # mean opacity, 0..1


def test_the_grid_draws_pictures_and_heat(page: Page, server: str) -> None:
    cards = gallery(page, server, "sort=sample_id&order=asc")
    expect(cards).to_have_count(60)
    first = cards.first
    assert first.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 120
    assert 0.02 < first.locator("canvas.heat").evaluate(HEAT) < 0.9, "cold places stay clear"
    assert first.locator("canvas.lines").evaluate(HEAT) > 0, "the region is outlined"
    name = first.get_attribute("aria-label")
    assert name.startswith("cat correct 0.") and "Truly cat, predicted cat with 0." in name
    expect(cards.nth(6).locator(".badge")).to_have_text("empty map")
    expect(cards.nth(8).locator(".broken")).to_contain_text("broken.png")
    expect(cards.nth(3).locator(".wrong")).to_contain_text("wrong")
    expect(page.locator(".caption").first).to_contain_text(
        "Grad-CAM at out_relu: 7×7 cells, drawn smooth over each picture"
    )


def test_overlay_options_redraw_without_asking_the_server(page: Page, server: str) -> None:
    frames: list[object] = []

    def keep(frame: bytes | str) -> None:  # Playwright marks its listeners, which a built-in refuses
        frames.append(frame)

    page.on("websocket", lambda socket: socket.on("framesent", keep))
    heat = gallery(page, server).first.locator("canvas.heat")
    page.wait_for_timeout(500)
    sent = len(frames)
    slider = page.locator("input[data-option=alpha]")
    slider.fill("80")
    expect(heat).to_have_css("opacity", "0.8")
    assert 0.05 < heat.evaluate(HEAT) < 0.9
    page.locator("input[data-option=fade]").uncheck()
    assert heat.evaluate(HEAT) == 1
    page.locator("input[data-option=floor]").fill("60")
    assert 0 < heat.evaluate(HEAT) < 0.5
    page.locator("select[data-option=cmap]").select_option("jet")
    expect(page.locator(".warning")).to_be_visible()
    page.locator("select[data-option=scale]").select_option("shared")
    expect(page.locator(".ends")).to_contain_text("raw")
    page.locator("input[data-option=overlay]").uncheck()
    expect(heat).to_be_hidden()
    assert len(frames) == sent, "the server was asked"
    assert "alpha=80" in page.url
    assert "cmap=jet" in page.url


def test_the_url_survives_a_reload(page: Page, server: str) -> None:
    gallery(page, server, "outcome=wrong&maps=fine&sort=confidence&order=asc")
    page.locator("input[data-option=alpha]").fill("60")
    page.locator("input[data-option=contour]").check()
    first = page.locator(".card").first.get_attribute("data-id")
    page.reload()
    page.locator(".card").first.wait_for()
    assert page.locator(".card").first.get_attribute("data-id") == first
    assert page.locator("input[data-option=alpha]").input_value() == "60"
    assert page.locator("input[data-option=contour]").is_checked()
    expect(page.locator(".caption").first).to_contain_text("14×14")
    expect(page.get_by_test_id("stMain").get_by_role("button", name="wrong")).to_be_visible()


def test_a_chip_removes_its_filter_and_keeps_the_overlay(page: Page, server: str) -> None:
    cards = gallery(page, server, "outcome=wrong&label=dog&alpha=90")
    expect(cards.first).to_be_visible()
    page.get_by_role("button", name="truly dog").click()
    expect(page.get_by_role("button", name="truly dog")).to_have_count(0)
    page.wait_for_function("!location.search.includes('label=')")
    expect(page.locator("input[data-option=alpha]")).to_have_value("90")
    page.wait_for_function("location.search.includes('alpha=90')")


def test_arrow_keys_walk_and_enter_opens(page: Page, server: str) -> None:
    cards = gallery(page, server, "outcome=wrong&sort=sample_id&order=asc")
    cards.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(cards.nth(1)).to_be_focused()
    assert [card.get_attribute("tabindex") for card in cards.all()[:3]] == ["-1", "0", "-1"]
    page.keyboard.press("]")
    expect(page.locator("input[data-option=alpha]")).to_have_value("80")
    page.keyboard.press("?")
    expect(page.locator("dialog.help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.help")).to_be_hidden()
    chosen = cards.nth(1).get_attribute("data-id")
    cards.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/Sample?*")
    assert f"sample={chosen}" in page.url
    assert "outcome=wrong" in page.url


def test_previous_and_next_by_keys_and_back_with_filters(page: Page, server: str) -> None:
    page.goto(f"{server}/Sample?outcome=wrong&sort=sample_id&order=asc&sample=sample-00003")
    panels = page.locator(".panel")
    expect(panels).to_have_count(3)
    expect(page.get_by_text("1 of")).to_be_visible()
    assert panels.nth(1).locator("canvas.heat").evaluate(HEAT) > 0.02
    assert panels.nth(2).locator("canvas.heat").evaluate(HEAT) == 1, "the map itself is opaque"
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 of")).to_be_visible()
    page.wait_for_url("**sample=sample-00007**")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("1 of")).to_be_visible()
    expect(page.locator(".facts").nth(2)).to_contain_text("sample-00003")
    page.keyboard.press("+")
    moved = panels.nth(0).locator(".stage").get_attribute("style")
    assert "scale(1.3)" in moved
    assert "scale(1.3)" in panels.nth(2).locator(".stage").get_attribute("style")
    the_picture_is_windowed_and_the_map_is_not(page)
    page.get_by_role("link", name="Back to the gallery").click()
    page.wait_for_url("**/Gallery?*")
    assert "outcome=wrong" in page.url
    page.locator(".card").first.wait_for()


LINE = "node => ['slope', 'intercept'].map(name => Number(node.getAttribute(name)))"


def the_picture_is_windowed_and_the_map_is_not(page: Page) -> None:
    """By key, preset and drag; the link that is copied holds it."""
    line, box = page.locator("feFuncG"), page.locator(".panel .box").first
    page.keyboard.press("p")
    shown = page.locator(".viewing output").first
    expect(shown).to_have_text("1.00×")
    assert box.locator("img").evaluate(
        "i => Math.abs(i.getBoundingClientRect().width - i.naturalWidth) < 0.1"
    )
    page.locator(".viewing select").select_option("dark")
    assert line.evaluate(LINE) == [2, 0], "black stays black, middle grey becomes white"
    page.keyboard.press("i")
    assert line.evaluate(LINE) == [-2, 1]
    assert "url(" in box.locator("img").evaluate("i => getComputedStyle(i).filter")
    assert page.locator(".panel .stage").nth(2).evaluate("s => getComputedStyle(s).filter") == "none"
    page.keyboard.press("w")
    box.hover()
    page.mouse.down()
    middle = box.bounding_box()
    assert middle is not None
    page.mouse.move(middle["x"] + middle["width"] / 2 + 80, middle["y"] + middle["height"] / 2 + 40)
    page.mouse.up()
    page.wait_for_function("location.search.includes('level=35&width=70&invert=on')")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


SHARES = """stage => {
  const outer = stage.getBoundingClientRect();
  const inner = stage.querySelector("canvas.heat").getBoundingClientRect();
  const wide = outer.width, high = outer.height;
  return [(inner.top - outer.top) / high, (inner.left - outer.left) / wide, inner.height / high,
    inner.width / wide].map(value => Math.round(value * 100) / 100);
}"""  # top, left, height, width of the heat as shares of the picture


@pytest.mark.parametrize(
    ("run", "expected"),
    [("xray", [0, 0, 1, 1]), ("wide", [0, 0.25, 1, 0.5])],
    ids=["fit-long: padding is cut away", "fit-short: only the crop was seen"],
)
def test_heat_lies_where_the_model_looked(page: Page, server: str, run: str, expected: list[float]) -> None:
    cards = gallery(page, server, f"run={run}-20260102-030405-abc123&sort=sample_id&order=asc")
    stage = cards.nth(1).locator(".stage")
    assert stage.evaluate(SHARES) == expected
    box = stage.bounding_box()
    height, width = (240, 120) if run == "xray" else (90, 180)
    assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.02)


HOTTEST = """canvas => {
  const { width, height } = canvas;
  const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let x = 0, y = 0, weight = 0;
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) {
    x += (i / 4) % width; y += Math.floor(i / 4 / width); weight += 1;
  }
  return [y / weight / height, x / weight / width];
}"""  # centre of what is drawn opaque, shares of the seen part


def test_heat_is_not_shifted_by_padding(page: Page, server: str) -> None:
    cards = gallery(page, server, "run=xray-20260102-030405-abc123&sort=sample_id&order=asc&floor=80")
    y, x = cards.nth(1).locator("canvas.heat").evaluate(HOTTEST)
    centre = np.random.default_rng(5).uniform(0.3, 0.7, (12, 2))[1]  # as run_factory places it
    assert (y, x) == (pytest.approx(centre[0], abs=0.06), pytest.approx(centre[1], abs=0.12))


def test_labels_are_text_never_markup(page: Page, server: str) -> None:
    cards = gallery(page, server, "run=xray-20260102-030405-abc123&sort=sample_id&order=asc")
    expect(cards.nth(1).locator(".truth")).to_have_text(NASTY)
    assert page.locator("img[src=x]").count() == 0


def test_the_entry_lands_on_the_audits_and_links_keep_the_run(page: Page, server: str) -> None:
    page.goto(f"{server}/?run=xray-20260102-030405-abc123")
    page.wait_for_url("**/Audits?*")
    settled(page)  # a press while the entry hands over to the page is lost
    page.get_by_test_id("stSidebar").get_by_role("link", name="Gallery").click()
    page.wait_for_url("**/Gallery?*")
    page.locator(".card").first.wait_for()
    assert "run=xray-" in page.url
