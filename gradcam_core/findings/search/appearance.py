"""What a picture's background, border and overall look are like, as numbers; the object left out."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gradcam_core.base.types import Doubles, Floats, Picture
from gradcam_core.findings.material import Material
from gradcam_core.maps.grids import averaged

Lab = NDArray[np.floating]
HUES, PIXELS = 8, 4
OBJECT = 0.02  # a pixel belongs to the background when less than this of it is covered
CENTRE = 0.6  # without a region: the background is what lies outside the central 60 % of each axis
RING = 0.08
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], np.float32)
_WHITE = np.array([0.9505, 1.0, 1.089], np.float32)
_RGB = np.arange(256) / 255
_LINEAR = np.where(_RGB <= 0.04045, _RGB / 12.92, ((_RGB + 0.055) / 1.055) ** 2.4).astype(np.float32)


def to_lab(pictures: Picture) -> Floats:
    """(..., 3) float32 CIE Lab (D65) of sRGB (..., 3) uint8: L 0..100, a and b about -100..100."""
    ratio = _LINEAR[pictures] @ _XYZ.T / _WHITE
    cube = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    x, y, z = np.moveaxis(cube, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def background_weight(material: Material) -> Doubles:
    """(N, h, w) 1 where a thumbnail's pixel is surely background, else 0."""
    height, width = material.pictures.shape[1:3]
    weight = np.empty((len(material.table), height, width))
    covered = material.covered
    if covered.any():
        grown = averaged(_dilated(material.cover[covered]), (height, width))
        weight[covered] = grown <= OBJECT
    y, x = (np.abs(np.linspace(-1, 1, cells)) for cells in (height, width))
    weight[~covered] = (y[:, None] > CENTRE) | (x[None, :] > CENTRE)
    return weight


def object_weight(material: Material) -> Doubles:
    """(N, h, w) 1 where a thumbnail's pixel is surely object, else 0; zero without a region."""
    inside = averaged(np.nan_to_num(material.cover), material.pictures.shape[1:3])
    return np.asarray(inside >= 1 - OBJECT, dtype=np.float64)


def _dilated(cover: NDArray[np.floating]) -> Doubles:
    """Grown by one cell of the cover grid, against blur at the outline."""
    return np.asarray(ndimage.maximum_filter(cover, (1, 3, 3), mode="nearest"), dtype=np.float64)


def described(lab: Lab, weight: Doubles) -> Doubles:
    """(N, 20) Lab mean and spread, hue histogram, gradient energy at two scales, Laplacian spread."""
    mean = _mean(lab, weight)
    spread = np.sqrt(_mean((lab - mean[:, None, None, :]) ** 2, weight))
    return np.concatenate([mean, spread, _hues(lab, weight), _texture(lab[..., 0], weight)], axis=1)


def fixed_pixels(lab: Lab, weight: Doubles) -> Doubles:
    """(N, 48) Lab of 16 fixed pixels; where the object covers them they say what the mean says."""
    mean = _mean(lab, weight)
    filled = lab * weight[..., None] + mean[:, None, None, :] * (1 - weight[..., None])
    blocks = [averaged(filled[..., channel], (PIXELS, PIXELS)) for channel in range(3)]
    return np.stack(blocks, axis=-1).reshape(len(lab), -1)


def look(lab: Lab, weight: Doubles) -> Doubles:
    """(N, 5) brightness, two colour axes, contrast, sharpness of the pixels with weight."""
    mean = _mean(lab, weight)
    contrast = np.sqrt(_mean((lab[..., :1] - mean[:, None, None, :1]) ** 2, weight))
    detail = np.log(_texture(lab[..., 0], weight)[:, 2:3] + 0.05) - np.log(contrast + 0.5)
    return np.concatenate([mean, np.log(contrast + 0.5), detail], axis=1)


def ring(size: tuple[int, int], start: float, stop: float) -> Doubles:
    """(h, w) 1 where the distance to the nearest edge, as a share of that axis, is in [start, stop)."""
    y, x = (np.minimum(np.arange(cells) + 0.5, cells - np.arange(cells) - 0.5) / cells for cells in size)
    depth = np.minimum(y[:, None], x[None, :])
    return np.asarray((depth >= start) & (depth < stop), dtype=np.float64)


def _mean(values: Lab, weight: Doubles) -> Doubles:
    """(N, C) weighted mean over pixels; zero where nothing has weight."""
    total = weight.sum(axis=(1, 2))[:, None]
    return np.asarray(np.einsum("nhw,nhwc->nc", weight, values) / np.maximum(total, 1e-9), np.float64)


def _hues(lab: Lab, weight: Doubles) -> Doubles:
    """(N, 8) share of background pixels per hue, weighted by chroma."""
    hue = np.floor((np.arctan2(lab[..., 2], lab[..., 1]) / (2 * np.pi) % 1) * HUES).astype(int) % HUES
    chroma = np.hypot(lab[..., 1], lab[..., 2]) * weight
    total = np.maximum(chroma.sum(axis=(1, 2)), 1e-9)
    return np.stack([(chroma * (hue == bin_)).sum(axis=(1, 2)) / total for bin_ in range(HUES)], axis=1)


def _texture(light: Lab, weight: Doubles) -> Doubles:
    """(N, 3) mean gradient at pixel and at four-pixel scale, mean absolute Laplacian."""
    found = [_gradient(light, weight, 1), _gradient(light, weight, 4)]
    inner = light[:, 1:-1, 1:-1]
    around = light[:, :-2, 1:-1] + light[:, 2:, 1:-1] + light[:, 1:-1, :-2] + light[:, 1:-1, 2:]
    found.append(_mean(np.abs(around - 4 * inner)[..., None], weight[:, 1:-1, 1:-1])[:, 0])
    return np.stack(found, axis=1)


def _gradient(light: Lab, weight: Doubles, step: int) -> Doubles:
    """(N,) mean absolute difference over ``step`` pixels, both ends in the background."""
    both = weight[:, :, step:] * weight[:, :, :-step]
    across = np.abs(light[:, :, step:] - light[:, :, :-step])
    return np.asarray((across * both).sum(axis=(1, 2)) / np.maximum(both.sum(axis=(1, 2)), 1e-9))
