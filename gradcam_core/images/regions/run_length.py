"""COCO run-length masks, checked before they are drawn."""

import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import RunLength


def decode_run_length(mask: RunLength) -> NDArray[np.bool_]:
    """(H, W) bool of a COCO run-length mask.

    Raises:
        SampleError: the counts do not fill the size exactly.
    """
    height, width = mask.size
    try:
        counts = _uncompressed(mask.counts) if isinstance(mask.counts, str) else list(mask.counts)
        if sum(counts) != height * width or min(counts, default=-1) < 0:
            raise ValueError(f"its runs add up to {sum(counts)} pixels")
        rle = coco.frPyObjects({"size": [height, width], "counts": counts}, height, width)
        return np.asarray(coco.decode(rle), dtype=bool)
    except (ValueError, TypeError, MemoryError) as error:
        raise SampleError(f"a run-length mask of {height} × {width} pixels", f"damaged: {error}") from None


def _uncompressed(text: str) -> list[int]:
    """Counts of COCO's compressed string, which pycocotools decodes without checking their sum.

    Six bits per character, five of them value, lowest first, the last one's top bit the sign; from the
    fourth count on the difference to the one two before is stored.
    """
    counts: list[int] = []
    value = shift = 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64:
            raise ValueError(f"unexpected character {character!r}")
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32 == 0:
            value -= (bits & 16) << (shift - 4) if bits & 16 else 0
            counts.append(value + (counts[-2] if len(counts) > 2 else 0))
            value = shift = 0
    return counts
