"""The fast ring, ``pytest --fast``: no network, no browser, no cluster, no whole page, no second process.

No list of tests is kept. A test leaves the ring at the moment that it, a fixture of its or the code under
test imports one of the heavy packages, runs a page or starts another Python; what else lasts long is marked
``slow``.
"""

import os
import sys
import threading
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Any

import pytest

HEAVY = frozenset(("tensorflow", "keras", "tf_keras", "openvino", "ray", "playwright", "nbclient"))
"""Packages that take seconds to start."""
RUNNING = "PYTEST_CURRENT_TEST"
"""Where pytest says which test runs."""
LONG = ("slow", "browser")
_left: set[str] = set()


class Barrier(MetaPathFinder):
    """Finds nothing; a heavy package that is looked for ends the test."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if name.partition(".")[0] in HEAVY:
            _leave(f"imports {name}")


def on_process(event: str, details: tuple[Any, ...]) -> None:
    """Audit hook: another Python ends the test that starts it."""
    if event == "subprocess.Popen" and details[0] == sys.executable and RUNNING in os.environ:
        _leave("starts another Python")


def _leave(why: str) -> None:
    _left.add(os.environ.get(RUNNING, "").rpartition(" ")[0])
    why = f"{why}: not in the fast ring"
    if threading.current_thread() is threading.main_thread():
        pytest.skip(why, allow_module_level=True)
    raise RuntimeError(why)  # the test fails, and its report is turned into a skip


def close() -> None:
    """From now on, whatever is heavy skips the test that runs."""
    sys.meta_path.insert(0, Barrier())
    sys.addaudithook(on_process)


def close_pages() -> None:
    """From now on, a test that runs a page of the dashboard is skipped; called once tests are collected."""
    testing = sys.modules.get("streamlit.testing.v1")
    if testing is not None:
        testing.AppTest.run = lambda *_, **__: _leave("runs a page")


def was_left_by(item: pytest.Item) -> bool:
    """Whether a test met something heavy; where that was in a thread, the test went on and failed."""
    return item.nodeid in _left


def is_long(item: pytest.Item) -> bool:
    """Whether a test is marked as too long for the fast ring."""
    return any(item.get_closest_marker(mark) for mark in LONG)
