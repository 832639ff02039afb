"""Synthesised sounds of a demo on disk: features, the sound beside them, and where the word is."""

import json
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Floats
from gradcam_core.projects.demos.scenes.mfe import RATE, Sound
from gradcam_core.projects.demos.scenes.scene import Scene

SPANS = "regions/spans.csv"


@dataclass(frozen=True)
class SoundScene(Scene):
    """A scene whose picture is a spectrogram.

    Attributes:
        sound: (T,) in -1..1 at 16 kHz.
        values: (frames, bands) what the network sees.
        features: what these values mean.
        span: seconds from and to which the object sounds.
        lowest: hertz above which it does.
    """

    sound: Sound
    values: Floats
    features: Features
    span: tuple[float, float]
    lowest: float


def write_sound(folder: Path, name: str, scene: SoundScene) -> None:
    """The files of one sound below ``folder``; the description and the list of spans grow by themselves."""
    target = folder / name
    np.save(target, scene.values)
    with wave.open(str(target.with_suffix(".wav")), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(scene.sound * 32767).astype("<i2").tobytes())
    (folder / "features.json").write_text(json.dumps(scene.features.to_json(), indent=1), encoding="utf-8")
    spans = folder / SPANS
    spans.parent.mkdir(exist_ok=True)
    start, end = scene.span
    with spans.open("a", encoding="utf-8") as file:
        if not file.tell():
            file.write("path,start_s,end_s,low_hz\n")
        file.write(f"{name},{start:.4f},{end:.4f},{scene.lowest:g}\n")
