"""Analyse in a real browser against the contract server: refused, chosen, audited, and no key left over."""

import re
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.browser.browsing import CHROMIUM, serving
from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.studio import Studio, serve

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]
WRONG, LATE = "ei_mistyped", 420_000  # a busy machine is late
SEEN: list[str] = []


def look_for_the_key(_path: str) -> None:
    """While the job speaks with Studio: is the key in any process' arguments?"""
    for one in psutil.process_iter(["cmdline"]):
        line = " ".join(one.info["cmdline"] or ())
        SEEN.extend([line] * (toy.KEY in line or WRONG in line))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    """Two trained blocks fit; the second one has no model to fetch."""
    second = replies.learn_block(9, "keras-transfer-image", "Second try")
    with serve(Studio(delay=look_for_the_key)) as running:
        running.blocks.append(second)
        running.metadata[9] = replies.metadata(toy.CLASSES)
        yield running


@pytest.fixture(scope="module")
def page(home: Path) -> Iterator[Page]:
    with serving(home) as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM)
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(LATE)
        page.goto(f"{address}/Analyse")
        page.get_by_text("Edge Impulse", exact=True).click()
        yield page
        browser.close()


def start(page: Page, studio: Studio, key: str) -> Locator:
    """Start by the form; returns the newest entry of the list, once it has ended."""
    page.get_by_label("Host", exact=True).fill(studio.url)
    page.get_by_label("API key", exact=True).first.fill(key)
    before = page.locator("[class*=st-key-job-]").count()
    page.get_by_role("button", name="Fetch and audit it").click()
    expect(page.locator("[class*=st-key-job-]")).to_have_count(before + 1)
    expect(page.get_by_label("API key", exact=True).first).to_have_value("")
    return page.locator("[class*=st-key-job-]").first


def test_a_wrong_key_is_said_in_plain_words(page: Page, studio: Studio) -> None:
    job = start(page, studio, WRONG)
    expect(job).to_contain_text("Expected an API key that the server accepts.", timeout=LATE)
    expect(job).to_contain_text("copy the key again, whole")
    assert "EI_API_KEY" not in job.inner_text() and "--" not in job.inner_text()


def test_of_two_blocks_one_is_chosen_and_audited(page: Page, studio: Studio, home: Path) -> None:
    job = start(page, studio, toy.KEY)
    expect(job).to_contain_text("several: 8 “Transfer”", timeout=LATE)
    expect(job.get_by_role("combobox")).to_be_visible()
    job.get_by_label("API key", exact=True).fill(toy.KEY)
    job.get_by_role("button", name="Start again with this block").click()
    expect(page.locator("[class*=st-key-job-]").first).to_contain_text("block 8")
    page.wait_for_url(re.compile("/Overview.*run="), timeout=LATE)  # it opens by itself
    page.goto(re.sub("/Overview.*", "/Analyse", page.url))
    done = page.locator("[class*=st-key-job-]").first
    expect(done).to_contain_text("12 samples · accuracy 91.7 %", timeout=LATE)
    expect(done.get_by_role("link", name="Open")).to_be_visible()
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"edge-impulse" in written and toy.KEY.encode() not in written and WRONG.encode() not in written
    assert studio.asked and SEEN == [] and toy.KEY not in page.url
