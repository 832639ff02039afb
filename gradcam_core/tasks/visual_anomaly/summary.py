"""How well anomaly scores tell anomalies from normal pictures, and where both lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import rankdata

from gradcam_core.base.intervals import Accuracy, accuracy

SCORE, THRESHOLD = "anomaly_score", "anomaly_threshold"
Z = 1.959964  # 95 %
BINS = 40
UNLABELLED = "no label"


@dataclass(frozen=True)
class Separation:
    """Probability that an anomaly scores above a normal picture, with its 95 % interval; NaN where a
    class is missing."""

    value: float
    low: float
    high: float
    normal: int
    anomalies: int


def separation(table: pd.DataFrame, names: Sequence[str]) -> Separation:
    """Area under the ROC curve of ``anomaly_score`` (ties count half).

    Interval: Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney
    statistic. Part 2", Statistics in Medicine 2006, method 5; it has a width at 1, too.

    Args:
        table: a run's table.
        names: (normal, anomaly).
    """
    known = table.dropna(subset=[SCORE])
    scores = known[SCORE].to_numpy(dtype=np.float64)
    wrong, right = ((known["label"] == name).to_numpy() for name in (names[1], names[0]))
    n, m = int(wrong.sum()), int(right.sum())
    if not n or not m:
        nan = float("nan")
        return Separation(nan, nan, nan, m, n)
    ranks = rankdata(np.concatenate([scores[wrong], scores[right]]))
    area = float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))
    return Separation(area, *_interval(area, n, m), m, n)


def _interval(area: float, n: int, m: int) -> tuple[float, float]:
    half = (n + m) / 2 - 1

    def distance(true: float) -> float:
        spread = 1 + half * (1 - true) / (2 - true) + half * true / (1 + true)
        return float((true - area) ** 2 - Z**2 * true * (1 - true) * spread / (n * m))

    tiny = 1e-9  # at the ends themselves the equation has a second root
    low = 0.0 if area <= 0 else float(brentq(distance, 0, min(area, 1 - tiny)))
    high = 1.0 if area >= 1 else float(brentq(distance, max(area, tiny), 1))
    return low, high


def sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """AUROC with interval and n, then accuracy at the threshold."""
    project = manifest["project"]
    normal, anomaly = project["class_names"]
    found, right = separation(table, (normal, anomaly)), accuracy(table)
    if not found.normal or not found.anomalies:
        return f"No AUROC: it takes samples of both “{normal}” and “{anomaly}”."
    counts = f"n {found.anomalies:,} “{anomaly}”, {found.normal:,} “{normal}”"
    limit = float(project["thresholds"][THRESHOLD])
    return (
        f"The score ranks “{anomaly}” above “{normal}” with an AUROC of {found.value:.2f} "
        f"({found.low:.2f}–{found.high:.2f}, {counts}). {_at_threshold(right, limit)}"
    )


def _at_threshold(right: Accuracy, limit: float) -> str:
    shares = f"{100 * right.low:.0f}–{100 * right.high:.0f}, n {right.n:,}"
    return f"At the threshold {limit:.3g}: accuracy {100 * right.value:.0f} % ({shares})."


def spread_out(scores: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """(n,) scores -> (n,) places on an axis even around 0, logarithmic beyond ``scale``: long tails."""
    return np.asarray(np.arcsinh(scores / scale), np.float64)


def score_bins(table: pd.DataFrame, names: Sequence[str], scale: float, bins: int = BINS) -> pd.DataFrame:
    """Counts of anomaly scores per label: columns label, low, high, n; empty bins are left out.

    Bins are equally wide on the axis of :func:`spread_out`. The last one includes its upper end. Samples
    without a label are counted as "no label".
    """
    known = table.dropna(subset=[SCORE])
    scores = known[SCORE].to_numpy(dtype=np.float64)
    labels = known["label"].astype(object).where(known["label"].notna(), UNLABELLED).to_numpy()
    places = spread_out(scores, scale)
    edges = np.histogram_bin_edges(places, bins) if len(scores) else np.zeros(2)
    ends = np.sinh(edges) * scale
    if len(scores):
        ends[[0, -1]] = scores.min(), scores.max()  # no rounding may lose the outermost samples
    rows = []
    for label in (*names, UNLABELLED):
        counts = np.histogram(places[labels == label], edges)[0]
        rows += [(label, ends[at], ends[at + 1], int(counts[at])) for at in np.flatnonzero(counts)]
    return pd.DataFrame(rows, columns=["label", "low", "high", "n"])
