"""The pixels inside the objects of a run: what each looks like, and whether it is hot."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gradcam_core.base.types import Doubles, Floats, Mask
from gradcam_core.findings.material import Material
from gradcam_core.findings.search import appearance, grids
from gradcam_core.maps.grids import averaged

FEWEST, HOT = 40, 0.5  # pixels of a thumbnail's object; the hotter half of them
AROUND = 5  # pixels over which texture is averaged; colour is not: a band may be two pixels wide
COLOUR = slice(0, 3)  # of a look


@dataclass(frozen=True)
class Objects:
    """Every pixel of every object. P pixels in all, of N samples.

    Attributes:
        known: (N,) bool, samples with an object that is large enough and with a map.
        row, place: (P,) sample of each pixel, and its index in the flattened thumbnail.
        look: (P, 8) float32 of CIE Lab: colour (3), its spread around (3), gradients down and across.
        hot: (P,) bool, the hotter half of its object.
        inside: (N, h, w) bool, the objects; heat: (N, h, w) float32, the maps at the same size, sum 1.
    """

    known: Mask
    row: NDArray[np.intp]
    place: NDArray[np.intp]
    look: Floats
    hot: Mask
    inside: Mask
    heat: Floats

    def shares(self, pixels: NDArray[np.bool_]) -> Doubles:
        """(N,) float64 in 0..1, the share of each object's pixels that are among ``pixels`` (P,)."""
        n = len(self.known)
        sizes = np.bincount(self.row, minlength=n)
        return np.bincount(self.row, weights=pixels, minlength=n) / np.maximum(sizes, 1)

    def mask(self, pixels: NDArray[np.bool_]) -> Mask:
        """(N, h, w) bool, where ``pixels`` (P,) lie."""
        found = np.zeros((len(self.known), self.inside[0].size), dtype=bool)
        found[self.row[pixels], self.place[pixels]] = True
        return found.reshape(self.inside.shape)


def objects_of(material: Material) -> Objects | None:
    """The objects of a run; None where there are no regions to speak of."""
    heat, _ = grids.heat(material, material.best_set)
    size = material.pictures.shape[1:3]
    known = material.covered & material.readable & grids.usable(heat)
    inside = averaged(np.nan_to_num(material.cover), size) >= 0.5
    known &= inside.sum(axis=(1, 2)) >= FEWEST
    if known.sum() < 2:
        return None
    warm = averaged(np.nan_to_num(heat), size).astype(np.float32)
    rows, looks, hot = np.flatnonzero(known), [], []
    for row in rows:
        looks.append(_look(material.pictures[row], inside[row]))
        own = warm[row][inside[row]]
        hot.append(own >= np.quantile(own, HOT))
    inside[~known] = False
    owner, place = np.nonzero(inside.reshape(len(inside), -1))
    return Objects(known, owner, place, np.concatenate(looks), np.concatenate(hot), inside, warm)


def _look(picture: NDArray[np.uint8], inside: Mask) -> Floats:
    """(p, 8) float32 of the object's pixels alone: neighbours outside of it count for nothing."""
    lab = appearance.to_lab(picture).astype(np.float32)
    weight = inside.astype(np.float32)
    around = _mean(lab, weight, AROUND)
    spread = np.sqrt(np.maximum(_mean(lab**2, weight, AROUND) - around**2, 0))
    steps = [_step(lab[..., 0], weight, axis) for axis in (0, 1)]
    return np.concatenate([lab, spread, *steps], axis=-1)[inside].astype(np.float32)


def _mean(values: Floats, weight: Floats, side: int) -> Floats:
    """(h, w, C) mean over a square of the pixels with weight."""
    box = (side, side)
    total = np.maximum(ndimage.uniform_filter(weight, box, mode="constant"), 1e-6)
    parts = [ndimage.uniform_filter(values[..., c] * weight, box, mode="constant") / total
             for c in range(values.shape[-1])]  # fmt: skip
    return np.stack(parts, axis=-1)


def _step(light: Floats, weight: Floats, axis: int) -> Floats:
    """(h, w, 1) mean size of the step to the next pixel along an axis, both inside."""
    both = weight * np.roll(weight, -1, axis)
    step = np.abs(light - np.roll(light, -1, axis)) * both
    return _mean(step[..., None], np.maximum(both, 1e-6), AROUND)
