"""Values deeper than 8 bits -> 8 bits, by the project's one rule."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import FULL, OWN, WINDOW, levels
from gradcam_core.base.types import Picture

_DEPTHS = (8, 10, 12, 14, 16, 32)


def to_8_bit(values: NDArray[np.generic], intensity: str) -> Picture:
    """(...) values of any depth -> (...) uint8 0..255; 8-bit values stay as they are.

    The full range of 16 bits becomes its high byte, as decoders that are asked for 8 bits do it: by 257,
    rounded down. What lies below the rule's range becomes 0, what lies above 255; NaN becomes 0. Of a fixed
    rule, a value's result depends on nothing but that value.

    Args:
        values: whole numbers or floats.
        intensity: the rule, as :class:`gradcam_core.base.picture_rules.Pixels` explains it.

    Raises:
        SampleError: the rule is "window", and this is no grey DICOM picture.
    """
    if values.dtype == np.uint8:
        return np.asarray(values, dtype=np.uint8)
    if intensity == WINDOW:
        todo = "choose another intensity: range=LOW..HIGH, dataset-range or bits=12"
        raise SampleError(
            "a DICOM file, whose header has a window", "a deep picture of another format", todo
        )
    if values.dtype == np.uint16 and intensity == FULL:
        return (np.asarray(values, dtype=np.uint16) >> 8).astype(np.uint8)
    low, high = levels(intensity) or (_own(values) if intensity == OWN else full(values.dtype))
    exact = np.nan_to_num(values.astype(np.float64), nan=low, posinf=high, neginf=low)
    scaled = (exact - low) * (255 / (high - low)) if high > low else np.zeros_like(exact)
    return np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)


def full(kind: np.dtype[np.generic]) -> tuple[float, float]:
    """The values that a file of this type can hold; floats count as shares 0..1."""
    if kind.kind == "f":
        return 0.0, 1.0
    if kind.kind == "b":
        return 0.0, 1.0
    limits = np.iinfo(kind)  # type: ignore[type-var]
    return float(limits.min), float(limits.max)


def _own(values: NDArray[np.generic]) -> tuple[float, float]:
    """The range that one picture uses: the fewest bits that hold its brightest value."""
    exact = np.nan_to_num(values.astype(np.float64))
    low, high = float(exact.min()), float(exact.max())
    if values.dtype.kind == "f":
        return (0.0, 1.0) if low >= 0 and high <= 1 else (low, high)
    if low >= 0:
        return 0.0, float(2 ** next(bits for bits in _DEPTHS if high < 2**bits) - 1)
    return low, high
