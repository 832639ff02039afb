"""Agreement with HiResCAM: averaging gradients over space can highlight what the score did not use.

Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations", arXiv:2011.08891. With
global pooling and one dense layer above the maps both are the same; elsewhere agreement is measured.
"""

import numpy as np

from gradcam_core.cams import CAMS
from gradcam_core.checks.trust.case import Case
from gradcam_core.checks.trust.report import TrustCheck, Verdict, median, unmeasured
from gradcam_core.types import Floats

NAME, TITLE = "agreement", "Two map methods agree"
PASS = 0.8
OTHER = "hires-cam"


def check(case: Case) -> TrustCheck | None:
    """Median cosine of each map with HiResCAM's; None where the head makes both the same."""
    if case.method == OTHER or (case.explainer.info.head == "pooled-dense" and case.map_set == "classic"):
        return None
    other = CAMS[OTHER].compute(case.explanation.evidence[case.map_set])
    value = median(cosines(case.maps, other))
    if value is None:
        return unmeasured(NAME, TITLE, PASS, "one of the methods gives no heat on these pictures")
    verdict: Verdict = "green" if value >= PASS else "amber"
    said = "show the same places" if verdict == "green" else "show different places; read both"
    sentence = f"The maps and those of HiResCAM {said}: median similarity {value:.2f}, at least {PASS}."
    return TrustCheck(NAME, TITLE, value, PASS, verdict, sentence)


def cosines(maps: Floats, others: Floats) -> Floats:
    """(N,) cosine of two maps, 1 = same pattern; NaN where one of them is empty or not finite."""
    one, other = (part.reshape(len(part), -1).astype(np.float64) for part in (maps, others))
    size = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    product = (one * other).sum(axis=1)
    return np.divide(product, size, out=np.full_like(size, np.nan), where=size > 0).astype(np.float32)
