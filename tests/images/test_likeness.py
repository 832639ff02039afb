"""The hash proposes, the pixels decide."""

import cv2
import numpy as np

from gradcam_core.images.likeness import copies, perceptual_hash


def _noise(count: int) -> np.ndarray:
    coarse = np.random.default_rng(0).integers(0, 256, (count, 8, 8, 3)).astype(np.uint8)
    return np.kron(coarse, np.ones((1, 8, 8, 1), np.uint8))


def test_brightness_and_compression_hardly_change_the_hash() -> None:
    picture = _noise(1)[0] // 2 + 40
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 40])
    assert done
    squeezed = cv2.imdecode(data, cv2.IMREAD_COLOR)
    bits = perceptual_hash(np.stack([picture, picture + 20, squeezed, _noise(2)[1]]))
    assert bits.shape == (4, 63)
    far = (bits != bits[0]).sum(axis=1)
    assert far[1] <= 1 and far[2] <= 4 and far[3] > 15


def test_alike_by_hash_and_not_by_pixels_is_no_copy() -> None:
    picture = _noise(1)[0] // 2
    assert list(copies(np.stack([picture, picture + 60]))) == []
    assert [(a, b) for a, b, _ in copies(np.stack([picture, picture + 3, picture]))] == [(0, 1), (0, 2)]


def test_nothing_has_no_copies() -> None:
    assert list(copies(np.zeros((0, 64, 64, 3), np.uint8))) == []
    assert list(copies(_noise(300))) == []
