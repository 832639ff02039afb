"""Deletion: blurring the hottest cells first must lower the score faster than a random order.

Petsiuk et al., "RISE", BMVC 2018, with the random order of the same cells on the same picture subtracted.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

from gradcam_core.base.types import Doubles, Floats
from gradcam_core.edits.engine.filling import sigma
from gradcam_core.findings.trust.case import Case
from gradcam_core.findings.trust.report import TrustCheck, Verdict, unmeasured

NAME, TITLE = "deletion", "Hot places matter more than random ones"
SHARES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7)
BLUR = 0.08  # of the width
FEWEST = 5
WORTHLESS = 0.05  # of the drop: maps whose gain is shown to be smaller are no better than a random order


def check(case: Case) -> TrustCheck:
    """Mean area between the curves, in units of the score's whole drop.

    Green where its interval lies above zero, red where it lies below a gain of 0.05, else undecided: amber.
    """
    rows = np.flatnonzero(np.isfinite(case.maps).all(axis=(1, 2)) & (np.ptp(case.maps, axis=(1, 2)) > 0))
    if len(rows) < FEWEST:
        return unmeasured(NAME, TITLE, 0.0, f"only {len(rows)} pictures have a map")
    gains = np.asarray([gain(case, int(row)) for row in rows])
    low, high = interval(gains, case.seed)
    value, wins = float(gains.mean()), int((gains > 0).sum())
    verdict: Verdict = "green" if low > 0 else "red" if high < WORTHLESS else "amber"
    sentence = (
        f"Blurring hot places first lowers the score faster than a random order on {wins} of {len(gains)} "
        f"pictures (mean gain {_two(value)}, 95 % interval {_two(low)} to {_two(high)})."
    )
    return TrustCheck(NAME, TITLE, value, 0.0, verdict, sentence)


def _two(value: float) -> str:
    """Two digits; what rounds to nothing has no sign."""
    return f"{round(value, 2) + 0.0:.2f}"


def gain(case: Case, row: int) -> float:
    """Area between the random curve and the heat curve, over the score's drop; above 0 is good."""
    heat, within = case.maps[row].ravel(), np.flatnonzero(case.reach[row])
    hottest = within[np.argsort(-heat[within], kind="stable")]
    chance = case.generator.permutation(within)
    curves = [_curve(case, row, order) for order in (hottest, chance)]
    spread = max(float(np.ptp(np.concatenate(curves))), 1e-6)
    return float((curves[1] - curves[0]).mean() / spread)


def _curve(case: Case, row: int, order: NDArray[np.intp]) -> Doubles:
    """(len(SHARES),) score after the first cells of ``order`` are blurred."""
    picture = case.inputs[row]
    blurred = cv2.GaussianBlur(picture, (0, 0), BLUR * picture.shape[1]).reshape(picture.shape)
    edited = [_without(picture, blurred, order, share, case.maps.shape[1:]) for share in SHARES]
    logits = case.explainer.predict(np.stack(edited))
    return case.score(logits, np.full(len(SHARES), row, dtype=np.intp))


def _without(
    picture: Floats, blurred: Floats, order: NDArray[np.intp], share: float, grid: tuple[int, ...]
) -> Floats:
    cells = np.zeros(grid[0] * grid[1], dtype=np.float32)
    cells[order[: max(1, round(share * len(order)))]] = 1
    size = (picture.shape[1], picture.shape[0])
    alpha = cv2.resize(cells.reshape(grid), size, interpolation=cv2.INTER_NEAREST)
    alpha = cv2.GaussianBlur(alpha, (0, 0), sigma(size[0]))[..., None]
    return np.asarray(picture * (1 - alpha) + blurred * alpha, dtype=np.float32)


def interval(values: Doubles, seed: int) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean."""
    if not np.ptp(values):
        return float(values[0]), float(values[0])
    found = bootstrap((values,), np.mean, n_resamples=2000, method="percentile", rng=seed)
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
