"""One Chromium for all tests of this folder, and an empty page of it for each."""

from collections.abc import Iterator

import pytest
from browsing import browser, opened
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with browser() as found:
        yield found


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    with opened(chromium) as found:
        yield found
