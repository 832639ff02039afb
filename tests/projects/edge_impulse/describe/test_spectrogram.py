"""What the features of a sound block mean."""

import pytest

from gradcam_core.base.sounds import Kind, mel_centres
from gradcam_core.projects.edge_impulse.describe.spectrogram import (
    SoundBlock,
    described_features,
    normalisation,
)
from tests.projects.edge_impulse import audio_studio
from tests.projects.edge_impulse.audio_studio import BANDS

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_features_that_studio_normalises_are_warned_of() -> None:
    assert normalisation({"dsp": {"normalizeData": "none"}}) == [] == normalisation({})
    (found,) = normalisation({"dsp": {"normalizeData": "normalize-channel-standard-scaler"}})
    assert "normalises these features" in found.warning


@pytest.mark.parametrize(
    ("kind", "config", "expected"),
    [
        ("mfcc", {"frame_stride": "0.02", "frame_length": "0.02"}, ()),
        ("spectrogram", {"options": {"frame_stride": 0.1}}, (0.0, 800.0, 1600.0, 2400.0, 3200.0, 4000.0)),
        ("mfe", {"high_frequency": "2000", "low_frequency": "100"}, mel_centres(100, 2000, BANDS)),
    ],
)
def test_bands_of_each_kind_of_block(kind: Kind, config: dict, expected: tuple[float, ...]) -> None:
    metadata = {**audio_studio.studio().described(), "dspConfig": config}
    found = described_features(SoundBlock(2, kind, 1), metadata, "a test")
    assert found.hertz == expected and found.range is None
    assert found.stride == {"mfcc": 0.02}.get(kind, 0.1), "without a stride, the window over its frames"
