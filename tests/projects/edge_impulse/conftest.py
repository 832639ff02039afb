"""A running Studio of sounds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects.edge_impulse import audio_studio, toy
from tests.projects.edge_impulse.audio_studio import SoundStudio
from tests.projects.edge_impulse.studio import serve


@pytest.fixture
def sounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: list[float]) -> Iterator[SoundStudio]:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    monkeypatch.setenv("EI_API_KEY", toy.KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve(audio_studio.studio()) as running:
        assert isinstance(running, SoundStudio)
        yield running
