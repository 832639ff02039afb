"""Which pictures are copies of one another: a perceptual hash proposes, the pixels decide.

The hash is pHash (Zauner 2010): the signs of the lowest frequencies of a cosine transform.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.fft import dctn

from gradcam_core.base.types import Picture
from gradcam_core.images.fitting import resize_smooth
from gradcam_core.images.scaling import GREY

SIDE, KEPT = 32, 8
NEAR = 6  # of 63 bits: the pictures are compared
ALIKE = 6.0  # of 255: mean difference of small pictures that are called copies
CHUNK = 1024
Bits = NDArray[np.bool_]


def perceptual_hash(pictures: Picture) -> Bits:
    """(N, 63) bool: which low frequencies of the grey picture are above their median.

    Args:
        pictures: (N, h, w, 3) uint8.
    """
    if not len(pictures):
        return np.zeros((0, KEPT * KEPT - 1), bool)
    small = np.stack([resize_smooth(one, (SIDE, SIDE)) for one in pictures]).astype(np.float32) @ GREY
    low = dctn(small, axes=(1, 2))[:, :KEPT, :KEPT].reshape(len(small), -1)[:, 1:]  # without the mean
    return np.asarray(low > np.median(low, axis=1, keepdims=True))


def copies(pictures: Picture) -> Iterator[tuple[int, int, float]]:
    """(first row, second row, mean difference 0..255): every copy once, beside the first of its kind.

    Finds other sizes, formats and compressions of a picture; not what was turned, mirrored or cropped.

    Args:
        pictures: (N, h, w, 3) uint8, all fitted to one small size.
    """
    signs = np.where(perceptual_hash(pictures), np.float32(1), np.float32(-1))
    bits, told = signs.shape[1], set[int]()
    for start in range(0, len(signs), CHUNK):
        differing = (bits - signs[start : start + CHUNK] @ signs.T) / 2
        for row, other in np.argwhere(differing <= NEAR):
            first, second = int(start + row), int(other)
            if first < second and not told & {first, second}:
                difference = _difference(pictures[first], pictures[second])
                if difference <= ALIKE:
                    told.add(second)
                    yield first, second, difference


def _difference(first: Picture, second: Picture) -> float:
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())
