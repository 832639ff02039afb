"""What a cell of the features of a sound means."""

import numpy as np
import pytest

from gradcam_core.base.sounds import Features, mel_centres


def test_cells_are_moments_and_frequencies_by_hand() -> None:
    found = Features("spectrogram", 100, 5, 0.01, 0.03, (0.0, 1000.0, 2000.0, 3000.0, 4000.0))
    assert found.zoom == (48, 4) and found.size == (240, 400)
    assert found.span == pytest.approx((0.01, 1.01))  # the first frame's middle is 0.015
    assert found.column(0.01) == pytest.approx(0) and found.column(0.51) == pytest.approx(200)
    assert [found.row(hertz) for hertz in (0, 500, 4000, 1e8)] == [216, 192, 24, 0]


def test_mel_centres_by_hand() -> None:
    """Of one filter up to 700 (e - 1) Hz = 1127 mel the centre is at 563.5 mel: 700 (e^0.5 - 1) Hz."""
    assert mel_centres(0, 700 * (np.e - 1), 1) == (round(700 * (np.exp(0.5) - 1), 3),)
