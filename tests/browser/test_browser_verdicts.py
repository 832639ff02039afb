"""Verdicts by keys in a real browser: painted at once, there after a reload, two readers, no name yet."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import open_run
from gradcam_core.runs.verdicts import reviews_of
from tests.browser.browsing import opened, serving, settled
from tests.run_factory import Recipe, make_run

pytestmark = pytest.mark.browser
SAMPLE = "sample-00002"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("home"), Recipe(n=6))


@pytest.fixture(scope="module")
def server(run: Path) -> Iterator[str]:
    with serving(run.parents[1]) as address:
        yield address


def kept(run: Path, count: int) -> list[Act]:
    """The acts in the database, once there are as many."""
    opened_run = open_run(run)
    for _ in range(300):
        found = reviews_of(opened_run).acts(opened_run.name)
        if len(found) >= count:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"{len(found)} of {count} acts")


def read(page: Page, server: str, name: str) -> None:
    """Open the sample as a reader of this name."""
    page.goto(f"{server}/Sample?sample={SAMPLE}")
    page.locator(".panel").first.wait_for()
    settled(page)
    page.get_by_role("textbox", name="Your name").fill(name)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("heading", level=1).click()


def test_a_verdict_by_key_is_painted_at_once_kept_and_shown_to_the_next(
    page: Page, server: str, run: Path, chromium: Browser
) -> None:
    read(page, server, "Ana")
    page.wait_for_timeout(500)
    page.keyboard.press("2")
    pressed = page.get_by_role("button", name="2 acceptable context")
    assert pressed.get_attribute("aria-pressed") == "true", "painted before the server has answered"
    page.keyboard.press("m")
    page.keyboard.type("the tag 1")
    page.keyboard.press("Enter")
    assert [act.verdict for act in kept(run, 2)] == ["acceptable context"] * 2
    page.reload()
    expect(page.locator(".reviews .said")).to_have_text("You: acceptable context, “the tag 1”")
    with opened(chromium) as other:
        read(other, server, "Ben")
        expect(other.locator(".reviews .said")).to_contain_text("Ana: acceptable context")
        other.keyboard.press("4")
        kept(run, 3)
    page.reload()
    expect(page.locator(".reviews .said")).to_contain_text("Ben: unsure")
    expect(page.locator(".reviews .said")).to_contain_text("You: acceptable context")
    page.keyboard.press("u")
    expect(page.locator(".reviews .said")).not_to_contain_text("the tag 1")
    assert kept(run, 4)[3].undoes


def test_what_was_said_without_a_name_waits_through_a_reload(page: Page, server: str, run: Path) -> None:
    before = len(reviews_of(open_run(run)).acts("tiny"))
    page.goto(f"{server}/Gallery?sort=sample_id&order=asc")
    page.locator(".card").nth(4).wait_for()
    settled(page)
    page.locator(".card").nth(4).focus()
    page.keyboard.press("1")
    page.get_by_role("dialog").get_by_role("textbox").wait_for()
    page.reload()
    page.locator(".card").nth(4).wait_for()
    expect(page.locator(".cell").nth(4)).to_contain_text("You: shortcut")
    expect(page.locator(".problem")).to_contain_text("1 kept in this browser")
    page.locator(".quick button").first.click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Cleo")
    page.keyboard.press("Enter")
    found = kept(run, before + 2)[before:]
    assert {(act.sample[-1], act.verdict, act.reviewer) for act in found} == {
        ("4", "shortcut", "Cleo"), ("0", "shortcut", "Cleo"),
    }  # fmt: skip
    expect(page.locator(".problem")).to_be_empty()
