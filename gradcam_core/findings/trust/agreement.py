"""Agreement with HiResCAM: averaging gradients over space can highlight what the score did not use.

Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations", arXiv:2011.08891. With
global pooling and one dense layer above the maps both are the same; elsewhere agreement is measured.
"""

import cv2
import numpy as np

from gradcam_core.base.types import Floats
from gradcam_core.findings.trust.case import Case
from gradcam_core.findings.trust.report import TrustCheck, Verdict, median, unmeasured
from gradcam_core.maps.cams import CAMS
from gradcam_core.maps.scores import SCORES, ScoreInput

NAME, TITLE = "agreement", "Two map methods agree"
PASS = 0.8
OTHER = "hires-cam"
SHIFT = 0.2  # on the focus ruler


def check(case: Case) -> TrustCheck | None:
    """Median cosine of each map with HiResCAM's; None where the head makes both the same."""
    if case.method == OTHER or same(case):
        return None
    other = CAMS[OTHER].compute(case.explanation.evidence[case.map_set])
    value = median(cosines(case.maps, other))
    if value is None:
        return unmeasured(NAME, TITLE, PASS, "one of the methods gives no heat on these pictures")
    verdict: Verdict = "green" if value >= PASS else "amber"
    said = "show the same places" if verdict == "green" else "show different places; read both"
    sentence = f"The maps and those of HiResCAM {said}: median similarity {value:.2f}, at least {PASS}."
    return TrustCheck(NAME, TITLE, value, PASS, verdict, sentence + moved(case, other))


def same(case: Case) -> bool:
    """Under global pooling and one dense layer Grad-CAM of the last layer is HiResCAM."""
    pooled = case.explainer.info.head == "pooled-dense"
    return pooled and case.map_set == "classic" and case.method == "grad-cam"


def moved(case: Case, other: Floats) -> str:
    """' The focus ruler reads ... on 3 of 20 pictures'; empty where no picture has a usable region."""
    if case.cover is None:
        return ""
    size = (other.shape[2], other.shape[1])
    cover = np.stack([cv2.resize(one, size, interpolation=cv2.INTER_AREA) for one in case.cover])
    ruler = SCORES["normalized_background_focus"].compute
    with np.errstate(invalid="ignore"):
        shift = np.abs(ruler(ScoreInput(case.maps, cover)) - ruler(ScoreInput(other, cover)))
    known = int(np.isfinite(shift).sum())
    if not known:
        return ""
    return f" Their focus differs by more than {SHIFT} on {int((shift > SHIFT).sum())} of {known} pictures."


def cosines(maps: Floats, others: Floats) -> Floats:
    """(N,) float32 cosine of two maps, 1 = same pattern; NaN where one of them is empty or not finite."""
    one, other = (part.reshape(len(part), -1).astype(np.float64) for part in (maps, others))
    size = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    product = (one * other).sum(axis=1)
    return np.divide(product, size, out=np.full_like(size, np.nan), where=size > 0).astype(np.float32)
