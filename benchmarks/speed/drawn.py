"""A project to be judged: drawn cats and dogs with masks, almost all on the background of their class."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import numpy as np

from gradcam_core.images import encode_jpeg, encode_png
from gradcam_core.projects.demos.catalogue import SPLITS
from gradcam_core.projects.demos.scenes import pets

SIZE = (320, 320)
CUES = {"cat": "indoor", "dog": "outdoor"}
CONFLICTING = Fraction(1, 5)


def folder(parent: Path, count: int) -> Path:
    """A folder ``testing/CLASS/*.jpg`` and ``masks/``, drawn on first use; the scaling is said in it."""
    place = parent / f"pets-{count}"
    if not (place / "project.toml").exists():
        for name in ("testing/cat", "testing/dog", "masks"):
            (place / name).mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda number: _draw(place, number), range(count)))
        text = 'regions = "masks"\nscaling = "-1..1"\nchannel_order = "rgb"\nresize = "squash"\n'
        (place / "project.toml").write_text(text + 'class_order = ["cat", "dog"]\n', encoding="utf-8")
    return place


def scene(split: str, number: int) -> tuple[str, pets.Scene]:
    """Label and scene; every fifth of a class stands on the other one's background."""
    label = ("cat", "dog")[number % 2]
    swapped = (number // 2) % CONFLICTING.denominator < CONFLICTING.numerator
    cue = CUES[("dog", "cat")[number % 2] if swapped else label]
    return label, pets.render(SPLITS[split] + number, label, cue, SIZE)


def training(count: int, side: int) -> tuple[np.ndarray, np.ndarray]:
    """(N, side, side, 3) float32 in -1..1 and (N,) class; none of the pictures of :func:`folder`."""
    from gradcam_core.images.fitting import resize_smooth

    drawn = [scene("train", number) for number in range(count)]
    pictures = np.stack([resize_smooth(one.picture, (side, side)) for _, one in drawn])
    return pictures.astype(np.float32) / 127.5 - 1, np.arange(count) % 2


def _draw(place: Path, number: int) -> None:
    label, drawn = scene("test", number)
    name = f"{label}-{number:05d}"
    (place / "testing" / label / f"{name}.jpg").write_bytes(encode_jpeg(drawn.picture, 92))
    mask = np.where(drawn.mask, 255, 0).astype(np.uint8)
    (place / "masks" / f"{name}.png").write_bytes(encode_png(mask))
