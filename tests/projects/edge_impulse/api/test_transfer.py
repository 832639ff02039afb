"""A streamed answer becomes a file."""

import pytest

from tests.projects.edge_impulse.asking import refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_a_full_disk_is_told(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gradcam_core.projects.edge_impulse.api.transfer._stream", full)
    said = refused(studio)
    assert said.found == "No space left on device" and "model.download" in said.expected
