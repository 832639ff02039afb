"""Weight randomisation: maps of a network with random weights must look different.

Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018. A map that survives the loss of everything
learned shows edges or padding, not the model.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from gradcam_core.base.types import Floats, MapSet
from gradcam_core.findings.trust.case import Case, Randomisable
from gradcam_core.findings.trust.report import TrustCheck, Verdict, median, unmeasured
from gradcam_core.maps.cams import CAMS

NAME, TITLE = "randomisation", "Maps depend on what was learned"
PASS, FAIL = 0.5, 0.7


def untrained(cases: Sequence[Case]) -> dict[MapSet, Floats]:
    """Map set -> (N, h, w) float32 of the same classes with random weights; {} where they can't be had.

    The cases share a model, pictures and seed, so that one network with random weights serves all.
    """
    explainer = cases[0].explainer if cases else None
    if not isinstance(explainer, Randomisable):
        return {}
    first = cases[0]
    sets = [case.map_set for case in cases]
    seen = explainer.randomised(first.seed).explain(first.inputs, first.targets, sets)
    return {case.map_set: CAMS[case.method].compute(seen.evidence[case.map_set]) for case in cases}


def check(case: Case, untrained: Floats | None) -> TrustCheck:
    """Median Spearman correlation of each map with its untrained twin: below 0.5 passes."""
    if untrained is None:
        return unmeasured(NAME, TITLE, PASS, "the weights of this model could not be replaced")
    value = median(rank_correlations(case.maps, untrained, case.reach))
    if value is None:
        return unmeasured(NAME, TITLE, PASS, "every map, or every map with random weights, is flat")
    verdict: Verdict = "green" if value < PASS else "amber" if value < FAIL else "red"
    said = {"green": "differ", "amber": "differ only in part", "red": "hardly differ"}[verdict]
    sentence = f"With random weights the maps {said}: median rank correlation {value:.2f}, at most {PASS}."
    return TrustCheck(NAME, TITLE, value, PASS, verdict, sentence)


def rank_correlations(maps: Floats, others: Floats, reach: NDArray[np.bool_] | None = None) -> Floats:
    """(N,) float32 Spearman correlation of two maps, over the cells in ``reach`` (N, h, w) where given.

    NaN where one of them is flat or not finite.
    """
    cells = np.ones(maps.shape, np.bool_) if reach is None else reach
    values = [
        _spearman(*pair) for pair in ((a[c], b[c]) for a, b, c in zip(maps, others, cells, strict=True))
    ]
    return np.asarray(values, dtype=np.float32)


def _spearman(one: Floats, other: Floats) -> float:
    if (
        not one.size
        or not (np.isfinite(one).all() and np.isfinite(other).all())
        or not (np.ptp(one) and np.ptp(other))
    ):
        return float("nan")
    return float(spearmanr(one, other).statistic)
