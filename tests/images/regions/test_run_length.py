"""COCO's run-length masks."""

import numpy as np
import pytest
from pycocotools import mask as coco

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Region, RunLength
from gradcam_core.images.regions import render
from tests.images.regions.drawn import filled


def test_compressed_run_length() -> None:
    pixels = np.asfortranarray(filled((4, 6), slice(1, 3), slice(2, 5)).astype(np.uint8))
    counts = coco.encode(pixels)["counts"].decode()
    assert np.array_equal(render(Region("mask", (RunLength((4, 6), counts),)), (4, 6)), pixels)


@pytest.mark.parametrize("counts", [(3, 4), (30, -6), "8Z2é", "~~~~~~~~~~~~", ()])
def test_damaged_run_length_is_a_reason(counts: str | tuple[int, ...]) -> None:
    with pytest.raises(SampleError, match="damaged"):
        render(Region("mask", (RunLength((4, 6), counts),)), (4, 6))
