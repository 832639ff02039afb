"""Can these maps be believed? Checks of one model's maps, before anyone reads a gallery of them."""

import numpy as np

from gradcam_core.checks.trust import agreement, deletion, randomisation, receptive
from gradcam_core.checks.trust.case import Case, Randomisable
from gradcam_core.checks.trust.report import TrustCheck, TrustReport, Verdict
from gradcam_core.model.info import Explainer
from gradcam_core.types import Floats, MapSet

__all__ = ["Case", "Randomisable", "TrustCheck", "TrustReport", "Verdict", "run_trust"]

MOST = 32


def run_trust(
    explainer: Explainer,
    inputs: Floats,
    method: str = "grad-cam",
    map_set: MapSet = "classic",
    seed: int = 0,
) -> TrustReport:
    """Check the maps of a model on some of its pictures.

    Args:
        explainer: the model. Where it has ``randomised(seed)``, weights are randomised too.
        inputs: (N, H, W, C) float32 network inputs; 32 of them, evenly spaced, are used.
        method: of the maps, a name in ``CAMS``.
        map_set: which maps.
        seed: of the random orders and random weights.
    """
    chosen = np.unique(np.linspace(0, len(inputs) - 1, min(MOST, len(inputs))).astype(np.intp))
    case = Case(explainer, np.ascontiguousarray(inputs[chosen]), method, map_set, seed)
    untrained = randomisation.untrained_maps(case)
    found = (
        randomisation.check(case, untrained),
        deletion.check(case),
        agreement.check(case),
        receptive.check(case),
    )
    return TrustReport(method, map_set, tuple(check for check in found if check), untrained)
