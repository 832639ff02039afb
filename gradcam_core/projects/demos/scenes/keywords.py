"""The keywords demo: two made-up words, synthesised from formants; the cue is a mains hum under them.

Vowels are harmonics of a voice under moving resonances (formants after Peterson and Barney 1952).
The words differ in their last vowel only.
"""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.sounds import upright
from gradcam_core.projects.demos.scenes.draw import Array
from gradcam_core.projects.demos.scenes.mfe import RATE, Sound, description, mfe
from gradcam_core.projects.demos.scenes.scene import streams
from gradcam_core.projects.demos.scenes.sounds import SoundScene

SECONDS = 1.0
SAMPLES = int(SECONDS * RATE)
FEATURES = description(SAMPLES)
SIZE = FEATURES.size
"""Height and width of a drawn spectrogram."""
LOWEST = 150.0
"""Hertz; voices begin above it, the hum lies below."""
FORMANTS = {
    "l": (360.0, 1300.0, 2900.0),
    "a": (730.0, 1090.0, 2440.0),
    "m": (260.0, 1150.0, 2300.0),
    "i": (270.0, 2290.0, 3010.0),
    "u": (300.0, 870.0, 2240.0),
}
LOUDNESS = {"l": 0.5, "a": 1.0, "m": 0.35, "i": 0.8, "u": 0.8}
WIDTHS = (90.0, 120.0, 180.0)
HUM = {50.0: 1.0, 100.0: 0.55}  # hertz: strength


def render(seed: int, label: str, cue: str) -> SoundScene:
    """One recording; equal seeds give equal voices, moments and rooms whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: the word, ``lami`` or ``lamu``.
        cue: ``hum`` or ``none``.
    """
    voice, room, mains = streams(seed, 3)
    length = voice.uniform(0.38, 0.55)
    start = voice.uniform(0.08, SECONDS - 0.08 - length)
    sound, first = _room(room), int(start * RATE)
    word = _word(voice, label, int(length * RATE))
    sound[first : first + len(word)] += word
    hum = _hum(mains)
    sound = np.clip(sound + hum if cue == "hum" else sound, -1, 1)
    return _scene(sound, (start, start + length))


def _scene(sound: Sound, span: tuple[float, float]) -> SoundScene:
    """With the spectrogram as the picture and the word, above the hum's bands, as the object."""
    down, across = FEATURES.zoom
    values = mfe(sound)
    levels = np.rint(upright(values) * 255).astype(np.uint8)
    grey = np.repeat(np.repeat(levels, down, axis=0), across, axis=1)
    bottom = round(FEATURES.row(LOWEST))
    left, right = (max(0, round(FEATURES.column(moment))) for moment in span)
    mask = np.zeros(SIZE, bool)
    mask[:bottom, left:right] = True
    place = (float(bottom), 0.0, float(SIZE[0]), float(SIZE[1]))
    picture = np.repeat(grey[:, :, None], 3, axis=2)
    return SoundScene(picture, mask, place, sound, values, FEATURES, span, LOWEST)


def _word(rng: np.random.Generator, label: str, samples: int) -> Sound:
    """Harmonics of a voice whose resonances glide from sound to sound."""
    pitch = rng.uniform(165, 250) * np.linspace(1, rng.uniform(0.8, 0.95), samples)
    tract = rng.uniform(0.85, 1.2)
    marks = np.cumsum([0.0, *rng.uniform(0.7, 1.3, len(label))])
    centres = (marks[:-1] + marks[1:]) / 2 / marks[-1]
    at = np.linspace(0, 1, samples)
    loud = np.interp(at, centres, [LOUDNESS[one] for one in label])
    formants = [
        np.interp(at, centres, [FORMANTS[one][number] * tract * rng.uniform(0.93, 1.07) for one in label])
        for number in range(len(WIDTHS))
    ]
    fade = np.clip(np.minimum(at, 1 - at) / 0.08, 0, 1)
    voice = _harmonics(rng, pitch, formants)
    return np.asarray(rng.uniform(0.14, 0.32) * voice * loud * fade)


def _harmonics(rng: np.random.Generator, pitch: Sound, formants: list[NDArray[np.float64]]) -> Sound:
    turns = 2 * np.pi * np.cumsum(pitch) / RATE
    total = np.zeros(len(pitch))
    for number in range(1, int(4200 / float(pitch.max())) + 1):
        hertz = number * pitch
        strength = sum(
            gain / (1 + ((hertz - centre) / width) ** 2)
            for gain, centre, width in zip((1.0, 0.6, 0.35), formants, WIDTHS, strict=True)
        )
        total += strength / np.sqrt(number) * np.sin(number * turns + rng.uniform(0, 2 * np.pi))
    return total


def _room(rng: np.random.Generator) -> Sound:
    """Noise that is stronger at low frequencies, as rooms have it."""
    spectrum = np.fft.rfft(rng.standard_normal(SAMPLES))
    hertz = np.fft.rfftfreq(SAMPLES, 1 / RATE)
    noise = np.fft.irfft(spectrum / np.sqrt(1 + (hertz / rng.uniform(300, 900)) ** 2), SAMPLES)
    return np.asarray(rng.uniform(0.006, 0.014) * noise / noise.std())


def _hum(rng: np.random.Generator) -> Array:
    """Mains hum: 50 Hz and its first overtone."""
    moments = np.arange(SAMPLES) / RATE
    waves = [
        strength * np.sin(2 * np.pi * hertz * moments + rng.uniform(0, 2 * np.pi))
        for hertz, strength in HUM.items()
    ]
    return np.asarray(rng.uniform(0.12, 0.2) * np.sum(waves, axis=0))
