import io
import wave
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import SampleError
from gradcam_core.tasks.audio.listening import part
from tests.projects.edge_impulse.audio_studio import RATE, wav


def values(data: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(data)) as file:
        assert file.getframerate() == RATE
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def test_a_part_is_what_lies_between_two_moments(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(wav(9001))  # a ramp, one step per millisecond
    found = values(part(file, 0.25, 0.4))
    assert (found[0], found[-1], len(found)) == (250, 399, 0.15 * RATE)
    assert len(values(part(file, 0.5, 0.501))) == 0.02 * RATE, "long enough to be heard"
    assert values(part(file, 0.95, 2.0))[-1] == 999


def test_what_cannot_be_cut_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(wav(9001))
    with pytest.raises(SampleError, match=r"longer than 3\.00 s"):
        part(file, 3.0, 4.0)
    file.write_bytes(b"RIFFxxxxWAVEnothing")
    with pytest.raises(SampleError, match="a wav file of whole numbers"):
        part(file, 0.0, 1.0)
    with pytest.raises(SampleError):
        part(tmp_path / "none.wav", 0.0, 1.0)
