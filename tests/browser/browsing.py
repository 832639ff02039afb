"""The dashboard as its own process on a free loopback port, for tests in a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
expect.set_options(timeout=60_000)  # a busy machine draws late; a right page passes at once
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, *options: str) -> Iterator[str]:
    """Serve the runs below ``home``; ``options`` are further ones of Streamlit. Yields the address."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with served(
        [*command, *options, "--server.port"], ROOT, {**os.environ, "GRADCAM_HOME": str(home)}
    ) as address:
        yield address


@contextmanager
def served(command: list[str], cwd: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """The server of a command whose last argument, a free port, is added here; yields the address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM)
        yield found
        found.close()


@contextmanager
def opened(chromium: Browser) -> Iterator[Page]:
    """An empty page of 1280×1000; errors of its scripts and dialogs fail the test that uses it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(90_000)  # a busy machine with two cores
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(dialog.message))
    yield page
    context.close()
    assert errors == []


def settled(page: Page) -> Page:
    """Wait until the script of the page has run to its end."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    return page


def wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(url)
