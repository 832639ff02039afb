"""Fit mixtures on the features of normal pictures, once and with a seed.

Two mixtures, each fitted on one half of the normal pictures, are calibrated on the other half, so that no
score is ever calibrated on what it was fitted on. Where the normal pictures are those of the test set
themselves, the two stay: each half is scored by the mixture of the other one.
"""

import numpy as np
from numpy.typing import NDArray
from sklearn.mixture import GaussianMixture

from gradcam_core.base.types import Doubles, Floats
from gradcam_core.tasks.visual_anomaly.mixture import Mixtures, restored

SEED = 0
DIMENSIONS = 32  # features are projected down to this many
COMPONENTS = 4
CELLS_PER_DIMENSION = 10  # that a component needs, else fewer components
MOST_CELLS = 8_000  # per fit
DEAD = 0.3  # smallest spread of a channel, as a share of the channels' root mean square
RIDGE = 1e-2  # added to the variances, which are about 1
FLOOR = 0.8  # share of the held-out normal cells below which a map shows nothing


def fit(features: Floats, fold: NDArray[np.intp], crossed: bool) -> tuple[Mixtures, Floats]:
    """Mixtures of normal pictures, and the (N, h, w) scores of these when held out.

    Args:
        features: (N, h, w, C) of normal pictures.
        fold: (N,) 0 or 1, the half a picture belongs to.
        crossed: keep both, so that pictures are scored by the mixture of the other half; else one
            mixture of all of them, for pictures that are not among them.

    Returns:
        the mixtures; (N, h, w) scores of the held-out pictures.
    """
    projection = _projection(features.shape[-1])
    halves = _stacked([_fitted(features[fold != number], projection) for number in (0, 1)], projection)
    surprise = _held_out(halves, features, fold)
    if crossed:
        parts = [surprise[fold == number] for number in (0, 1)]
        kept = halves
    else:
        parts, kept = [surprise], _stacked([_fitted(features, projection)], projection)
    middle = np.array([part.mean() for part in parts])
    spread = np.array([max(float(part.std()), 1e-9) for part in parts])
    own = fold if crossed else np.zeros(len(fold), np.intp)
    held = (surprise - middle[own, None, None]) / spread[own, None, None]
    shaped = {**kept.arrays(), "middle": middle, "spread": spread, "floor": np.quantile(held, FLOOR)}
    return restored(shaped), held.astype(np.float32)


def _held_out(halves: Mixtures, features: Floats, fold: NDArray[np.intp]) -> Doubles:
    """(N, h, w) -log likelihood of each picture under the mixture of the other half."""
    surprise = np.empty(features.shape[:3])
    for number in (0, 1):
        rows = fold == number
        cells = features[rows].reshape(-1, features.shape[-1]).astype(np.float64)
        surprise[rows] = halves.surprise(cells, number).reshape(-1, *features.shape[1:3])
    return surprise


def _projection(channels: int) -> Doubles:
    if channels <= DIMENSIONS:
        return np.eye(channels)
    drawn = np.random.default_rng(SEED).standard_normal((channels, DIMENSIONS))
    return np.asarray(drawn / np.sqrt(channels))


def _fitted(features: Floats, projection: Doubles) -> dict[str, Doubles]:
    cells = features.reshape(-1, features.shape[-1]).astype(np.float64)
    if len(cells) > MOST_CELLS:
        cells = cells[np.random.default_rng(SEED).choice(len(cells), MOST_CELLS, replace=False)]
    centre, scale = cells.mean(axis=0), cells.std(axis=0)
    scale = np.maximum(scale, max(DEAD * float(np.sqrt((scale**2).mean())), 1e-9))
    points = ((cells - centre) / scale) @ projection
    enough = len(points) // (CELLS_PER_DIMENSION * projection.shape[1])
    count = int(np.clip(enough, 1, COMPONENTS))
    found = GaussianMixture(count, reg_covar=RIDGE, random_state=SEED).fit(points)
    return {
        "centre": centre,
        "scale": scale,
        "weights": found.weights_,
        "means": found.means_,
        "roots": found.precisions_cholesky_,
    }


def _stacked(parts: list[dict[str, Doubles]], projection: Doubles) -> Mixtures:
    """Mixtures side by side, not calibrated yet; missing components have no weight."""
    most = max(len(part["weights"]) for part in parts)
    filled = [_filled(part, most) for part in parts]
    stacked = {name: np.stack([part[name] for part in filled]) for name in filled[0]}
    plain = np.zeros(len(parts))
    return Mixtures(**stacked, projection=projection, middle=plain, spread=plain + 1, floor=0.0)


def _filled(part: dict[str, Doubles], most: int) -> dict[str, Doubles]:
    """Repeat the first component until there are ``most``, sharing its weight."""
    times = most - len(part["weights"])
    result = dict(part)
    for name in ("weights", "means", "roots"):
        result[name] = np.concatenate([part[name], np.repeat(part[name][:1], times, axis=0)])
    result["weights"][[0, *range(len(part["weights"]), most)]] /= times + 1
    return result
