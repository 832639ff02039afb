"""JPEG files with the texture of photographs, drawn from seeds: noise of every scale, two class folders."""

import os
from pathlib import Path

import numpy as np
from PIL import Image

DRAWN = 200  # different pictures; more files are links to them
SIZE = (480, 640)


def folder(parent: Path, count: int) -> Path:
    """A folder ``testing/CLASS/*.jpg`` of ``count`` pictures in ten classes, made on first use."""
    place = parent / f"pictures-{count}"
    if not (place / "complete").exists():
        for index in range(count):
            target = place / "testing" / f"class{index % 10}" / f"{index:06d}.jpg"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            os.link(_drawn(parent / "drawn", index % DRAWN), target)
        (place / "complete").touch()
    return place


def _drawn(place: Path, seed: int) -> Path:
    path = place / f"{seed:04d}.jpg"
    if not path.exists():
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(_picture(seed)).save(path, quality=90)
    return path


def _picture(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    total = np.zeros((*SIZE, 3), np.float32)
    for step in (4, 16, 64, 160):
        coarse = rng.normal(0, np.sqrt(step), (SIZE[0] // step, SIZE[1] // step, 3)) * 4
        for channel in range(3):
            layer = Image.fromarray(coarse[:, :, channel].astype(np.float32))
            total[:, :, channel] += np.asarray(layer.resize(SIZE[::-1], Image.Resampling.BICUBIC))
    return np.clip(total + 128, 0, 255).astype(np.uint8)
