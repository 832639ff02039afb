"""Mel filterbank energies of a sound, by the formula that Edge Impulse publishes for its MFE block.

Pre-emphasis 0.98, power spectrum of frames, triangular mel filters, decibels between a noise floor and 12,
8 bit. With a Hann window, which keeps a hum out of the bands above it; their block has none, so features of
this file are for this demo's own network only.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.sounds import Features, mel_centres
from gradcam_core.base.types import Floats

RATE = 16_000
FRAME, STRIDE, FFT = 512, 320, 512  # samples
BANDS, FLOOR = 40, -52.0
EMPHASIS = 0.98

Sound = NDArray[np.float64]


def frames_of(samples: int) -> int:
    """How many frames a sound of so many samples has (implementation version 2 and later)."""
    return (samples - (FRAME - STRIDE)) // STRIDE


def description(samples: int) -> Features:
    """What :func:`mfe` gives of a sound of so many samples."""
    centres = mel_centres(0, RATE / 2, BANDS)
    return Features("mfe", frames_of(samples), BANDS, STRIDE / RATE, FRAME / RATE, centres, (0.0, 1.0))


def mfe(sound: Sound) -> Floats:
    """(frames, BANDS) float32 in 0..1, in steps of 1/255, of a sound (T,) in -1..1."""
    sharp = sound - EMPHASIS * np.roll(sound, 1)
    starts = STRIDE * np.arange(frames_of(len(sound)))
    frames = sharp[starts[:, None] + np.arange(FRAME)] * np.hanning(FRAME)
    power = np.abs(np.fft.rfft(frames, FFT)) ** 2 / FFT
    decibel = 10 * np.log10(np.maximum(power @ _filters(), 1e-12))
    scaled = np.clip((decibel - FLOOR) / (12 - FLOOR), 0, 1)
    return (np.rint(scaled * 255) / 255).astype(np.float32)


@lru_cache(maxsize=1)
def _filters() -> NDArray[np.float64]:
    """(FFT/2 + 1, BANDS) triangles whose corners are the neighbours' centres."""
    centres = np.array([0.0, *mel_centres(0, RATE / 2, BANDS), RATE / 2])
    hertz = np.arange(FFT // 2 + 1)[:, None] * RATE / FFT
    left, middle, right = centres[:-2], centres[1:-1], centres[2:]
    rising, falling = (hertz - left) / (middle - left), (right - hertz) / (right - middle)
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None))
