"""Fixtures of these tests, as a plugin: a second conftest.py would hide the first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcam_core.projects.edge_impulse.api.client import Client
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.studio import Studio, serve


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the client would have slept."""
    slept: list[float] = []
    monkeypatch.setattr(Client, "wait", lambda _self, seconds: slept.append(seconds))
    return slept


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Iterator[Studio]:
    """A running Studio whose key is in the environment; what is fetched lands below ``tmp_path``."""
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("EI_API_KEY", toy.KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    toy.h5()  # made now, not while a request waits for it
    with serve(Studio()) as running:
        yield running
