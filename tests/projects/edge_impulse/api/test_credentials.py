"""The key comes from the environment."""

import pytest

from tests.projects.edge_impulse.asking import refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_a_key_that_is_missing_or_no_key(monkeypatch: pytest.MonkeyPatch, studio: Studio) -> None:
    monkeypatch.delenv("EI_API_KEY")
    assert "EI_API_KEY" in refused(studio).expected
    monkeypatch.setenv("EI_API_KEY", "schlüssel secret")
    said = refused(studio)
    assert "schlüssel" not in str(said) and "secret" not in str(said)
