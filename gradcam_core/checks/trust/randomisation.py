"""Weight randomisation: maps of a network with random weights must look different.

Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018. A map that survives the loss of everything
learned shows edges or padding, not the model.
"""

import numpy as np
from scipy.stats import spearmanr

from gradcam_core.cams import CAMS
from gradcam_core.checks.trust.case import Case, Randomisable
from gradcam_core.checks.trust.report import TrustCheck, Verdict, median, unmeasured
from gradcam_core.types import Floats

NAME, TITLE = "randomisation", "Maps depend on what was learned"
PASS, FAIL = 0.5, 0.7


def untrained_maps(case: Case) -> Floats | None:
    """(N, h, w) maps of the same classes with random weights; None where they can't be had."""
    if not isinstance(case.explainer, Randomisable):
        return None
    seen = case.explainer.randomised(case.seed).explain(case.inputs, case.targets, (case.map_set,))
    return CAMS[case.method].compute(seen.evidence[case.map_set])


def check(case: Case, untrained: Floats | None) -> TrustCheck:
    """Median Spearman correlation of each map with its untrained twin: below 0.5 passes."""
    if untrained is None:
        return unmeasured(NAME, TITLE, PASS, "the weights of this model could not be replaced")
    value = median(rank_correlations(case.maps, untrained))
    if value is None:
        return unmeasured(NAME, TITLE, PASS, "every map, or every map with random weights, is flat")
    verdict: Verdict = "green" if value < PASS else "amber" if value < FAIL else "red"
    said = {"green": "differ", "amber": "differ only in part", "red": "hardly differ"}[verdict]
    sentence = f"With random weights the maps {said}: median rank correlation {value:.2f}, at most {PASS}."
    return TrustCheck(NAME, TITLE, value, PASS, verdict, sentence)


def rank_correlations(maps: Floats, others: Floats) -> Floats:
    """(N,) Spearman correlation of two maps; NaN where one of them is flat or not finite."""
    values = [_spearman(one.ravel(), other.ravel()) for one, other in zip(maps, others, strict=True)]
    return np.asarray(values, dtype=np.float32)


def _spearman(one: Floats, other: Floats) -> float:
    if not (np.isfinite(one).all() and np.isfinite(other).all()) or not (np.ptp(one) and np.ptp(other)):
        return float("nan")
    return float(spearmanr(one, other).statistic)
