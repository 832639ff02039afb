"""Features of a sound in a ``.npy`` file -> an array, and the grey picture that people see of it.

What the numbers mean is said by ``features.json`` beside the file or above it (docs/audio.md). The picture
is grey on purpose: heat in colour stays heat, and 256 levels over the project's range can be turned back
into features, so that edits of the picture are edits of the features.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import irregular
from gradcam_core.base.sounds import Features, from_json, upright
from gradcam_core.base.types import Floats, Picture

DESCRIPTION, SUFFIX = "features.json", ".npy"
_UP = 4  # folders above the file
_LOOKED_AT = 64  # files that the project's range is taken from
_ENDS = (0.1, 99.9)  # per cent of their values


def description_of(place: Path) -> Path | None:
    """The ``features.json`` of a file or folder: in its folder, or up to four folders above."""
    start = place if place.is_dir() else place.parent
    for folder in (start, *start.parents[:_UP]):
        if (folder / DESCRIPTION).is_file():
            return folder / DESCRIPTION
    return None


def features_of(place: Path) -> Features | None:
    """What the features of a file or folder mean, with the project's range; None without a description.

    The range is the description's own; else the middle 99.8 % of 64 files spread over its folder.

    Raises:
        ProjectError: the description cannot be read.
    """
    file = description_of(place)
    return None if file is None else _described(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _described(file: Path, _changed: int) -> Features:
    try:
        found = from_json(json.loads(read_text(file)), str(file))
    except (OSError, ValueError, RecursionError) as error:
        raise ProjectError(f"JSON in {file}", str(error), "correct the file (docs/audio.md)") from error
    return found if found.range else replace(found, range=_range(file.parent, found))


def _range(folder: Path, features: Features) -> tuple[float, float]:
    files = sorted(folder.rglob(f"*{SUFFIX}"))
    values = []
    for file in files[:: max(1, len(files) // _LOOKED_AT)][:_LOOKED_AT]:
        try:
            values.append(_loaded(file, features))
        except SampleError:
            continue  # the audit says so about the sample itself
    if not values:
        return 0.0, 1.0
    low, high = np.percentile(np.stack(values), _ENDS)
    return (float(low), float(high)) if high > low else (float(low), float(low) + 1.0)


def is_features_name(path: Path) -> bool:
    """Whether this is a file of features that a description speaks of."""
    return path.suffix.lower() == SUFFIX and description_of(path) is not None


def read_features(path: Path) -> tuple[Floats, Features]:
    """(bands, frames) float32, low frequencies last, exactly as they are in the file; and what they mean.

    Raises:
        SampleError: no description, not an array, of another size, or not finite.
    """
    try:
        features = features_of(path)
    except ProjectError as error:
        raise SampleError(error.expected, error.found or "another kind of file") from error
    if features is None:
        raise SampleError(f"{DESCRIPTION} beside {path.name} or above it", "none", "see docs/audio.md")
    return upright(_loaded(path, features)), features


def _loaded(path: Path, features: Features) -> Floats:
    """(frames, bands) of one file, flat or not."""
    shape = (features.frames, features.bands)
    if problem := irregular(path):
        raise SampleError("a file of features", f"{path.name}: {problem}")
    try:
        values = np.squeeze(np.load(path, allow_pickle=False))
        if values.dtype.kind not in "fiu":
            raise TypeError(f"it holds values of the kind {values.dtype}")
        with np.errstate(over="ignore"):  # becomes infinite, which is told below
            kept = values.astype(np.float32)
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise SampleError("a readable .npy file", f"{path.name} is damaged: {error}") from error
    if kept.shape not in (shape, (shape[0] * shape[1],)):
        wanted = f"features of {shape[0]} frames × {shape[1]} bands, flat or as rows"
        raise SampleError(wanted, f"{path.name} has the shape {values.shape}")
    if not np.isfinite(kept).all():
        raise SampleError("finite features", f"{path.name} holds values that are no numbers")
    return kept.reshape(shape)


def spectrogram_size(path: Path) -> tuple[int, int]:
    """(height, width) of the picture of a file of features.

    Raises:
        SampleError: no description.
    """
    return read_features(path)[1].size


def spectrogram(path: Path) -> Picture:
    """(H, W, 3) uint8 grey, the picture of a file of features: time to the right, low tones below.

    Every cell is a block of whole pixels, so that its area average is the cell.

    Raises:
        SampleError: as :func:`read_features`.
    """
    values, features = read_features(path)
    down, across = features.zoom
    grey = np.repeat(np.repeat(grey_levels(values, features), down, axis=0), across, axis=1)
    return np.repeat(grey[:, :, None], 3, axis=2)


def grey_levels(values: Floats, features: Features) -> NDArray[np.uint8]:
    """(..., bands, frames) -> the same shape, uint8 levels 0..255 over the project's range, clipped."""
    low, high = _ends(features)
    return np.rint(np.clip((values - low) / (high - low), 0, 1) * 255).astype(np.uint8)


def from_grey(pictures: Picture, features: Features) -> Floats:
    """(N, bands, frames, 1) float32 features of their pictures (N, bands, frames, 3) uint8.

    The way back of :func:`grey_levels`, to within 1/510 of the range.
    """
    low, high = _ends(features)
    grey = pictures.mean(axis=-1, dtype=np.float32, keepdims=True)
    return np.asarray(low + grey / 255 * (high - low), dtype=np.float32)


def _ends(features: Features) -> Sequence[float]:
    return features.range or (0.0, 1.0)
