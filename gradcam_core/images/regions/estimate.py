"""An automatic guess of the object's region, offline and without weights; never from the heatmap itself.

Main estimate: the minimum barrier distance to the picture's border (Zhang et al., ICCV 2015) times a wide
centre prior, thresholded, as the seed of GrabCut (Rother et al. 2004). Second opinion: colour contrast to
the border times the centre prior. Where the two agree (intersection over union), the guess is reliable.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from gradcam_core.base.types import Floats, Mask, Picture

SIDE = 160
AGREE = 0.5
PASSES = 3


@dataclass(frozen=True)
class Estimate:
    """``cover`` (g, g) share of each cell of the picture; ``agreement`` 0..1 of the two estimators."""

    cover: Floats
    agreement: float

    @property
    def reliable(self) -> bool:
        return self.agreement >= AGREE and 0.01 <= float(self.cover.mean()) <= 0.8


def estimate_cover(picture: Picture, grid: int) -> Estimate:
    """Guess the object on one picture (H, W, 3) uint8.

    Args:
        picture: RGB, at least a few pixels wide; it is worked on at 160 pixels.
        grid: cells per side of the result.
    """
    scale = min(1.0, SIDE / max(picture.shape[:2]))
    size = (max(8, round(scale * picture.shape[1])), max(8, round(scale * picture.shape[0])))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    prior = _centre_prior(lab.shape[:2])
    first = _cut(small, _scaled(_barrier(lab) * prior))
    second = _threshold(_scaled(_border_contrast(lab) * prior))
    union = (first | second).sum()
    agreement = float((first & second).sum() / union) if union else 0.0
    cover = cv2.resize(first.astype(np.float32), (grid, grid), interpolation=cv2.INTER_AREA)
    return Estimate(np.asarray(cover, dtype=np.float32), agreement)


def _centre_prior(size: tuple[int, ...]) -> Floats:
    y, x = (np.linspace(-1, 1, cells, dtype=np.float32) for cells in size)
    return np.asarray(np.exp(-(y[:, None] ** 2 + x[None, :] ** 2) / 0.9), dtype=np.float32)


def _barrier(lab: Floats) -> Floats:
    """(h, w) sum over channels of the smallest max - min along a path from the border, by raster passes."""
    scale = 64 / max(lab.shape[:2])
    size = (max(8, round(lab.shape[1] * scale)), max(8, round(lab.shape[0] * scale)))
    coarse = cv2.resize(cv2.medianBlur(lab.astype(np.uint8), 3), size, interpolation=cv2.INTER_AREA)
    total = sum(_distance(coarse[..., channel].astype(np.float32)) for channel in range(3))
    return np.asarray(cv2.resize(total, lab.shape[1::-1], interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _distance(channel: Floats) -> Floats:
    """One channel. Rows are swept down and up, columns right and left; each sweep is vectorised."""
    cost = np.full(channel.shape, np.inf, np.float32)
    cost[[0, -1]] = 0
    cost[:, [0, -1]] = 0
    state = np.stack([cost, channel, channel])  # cost, highest and lowest on the best path so far
    for _ in range(PASSES):
        for turned in (False, True):
            view = state.transpose(0, 2, 1) if turned else state
            values = channel.T if turned else channel
            _sweep(view, values, range(1, values.shape[0]), -1)
            _sweep(view, values, range(values.shape[0] - 2, -1, -1), 1)
    return state[0]


def _sweep(state: Floats, values: Floats, lines: range, step: int) -> None:
    for line in lines:
        high = np.maximum(state[1, line + step], values[line])
        low = np.minimum(state[2, line + step], values[line])
        better = high - low < state[0, line]
        better &= np.isfinite(state[0, line + step])
        for index, new in enumerate((high - low, high, low)):
            state[index, line][better] = new[better]


def _border_contrast(lab: Floats) -> Floats:
    """(h, w) Mahalanobis distance in colour to the nearest of the four borders."""
    band = max(2, round(0.08 * min(lab.shape[:2])))
    strips = (lab[:band], lab[-band:], lab[:, :band], lab[:, -band:])
    flat = lab.reshape(-1, 3)
    distances = []
    for strip in strips:
        pixels = strip.reshape(-1, 3)
        spread = np.cov(pixels.T) + 25 * np.eye(3)
        offset = flat - pixels.mean(axis=0)
        distances.append(np.sqrt(np.einsum("ni,ij,nj->n", offset, np.linalg.inv(spread), offset)))
    nearest = np.min(distances, axis=0).reshape(lab.shape[:2]).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(nearest, (0, 0), 2), dtype=np.float32)


def _scaled(values: Floats) -> Picture:
    top = float(values.max())
    return np.asarray(np.rint(255 * values / top) if top > 0 else values, dtype=np.uint8)


def _threshold(scaled: Picture) -> Mask:
    return np.asarray(cv2.threshold(scaled, 0, 255, cv2.THRESH_OTSU)[1] > 0, dtype=bool)


def _cut(picture: Picture, scaled: Picture) -> Mask:
    """GrabCut from the seed; the seed itself where it fails or empties."""
    seed = _threshold(scaled)
    if not seed.any() or seed.all():
        return seed
    labels = np.where(seed, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    labels[scaled > 200] = cv2.GC_FGD
    labels[[0, -1]] = cv2.GC_BGD
    labels[:, [0, -1]] = cv2.GC_BGD
    if not ((labels & 1) > 0).any():
        return seed
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)
    cv2.grabCut(picture, labels, None, *models, 4, cv2.GC_INIT_WITH_MASK)
    found = np.asarray((labels & 1) > 0, dtype=bool)
    return found if found.any() else seed
