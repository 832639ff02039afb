"""Can these maps be believed? Checks of one model's maps, before anyone reads a gallery of them."""

from collections.abc import Mapping

import numpy as np

from gradcam_core.base.types import Floats, MapSet
from gradcam_core.findings.trust import agreement, deletion, randomisation, receptive
from gradcam_core.findings.trust.case import Case, Randomisable
from gradcam_core.findings.trust.report import TrustCheck, TrustReport, Verdict
from gradcam_core.model.contract import Explainer, Targets

__all__ = ["Case", "Randomisable", "TrustCheck", "TrustReport", "Verdict", "check_maps", "run_trust"]

MOST = 32


def check_maps(
    explainer: Explainer,
    inputs: Floats,
    methods: Mapping[MapSet, str],
    seed: int = 0,
    cover: Floats | None = None,
    targets: Targets | None = None,
) -> list[TrustReport]:
    """Check every map set of a model on some of its pictures; one report each, in the order of ``methods``.

    Args:
        explainer: the model. Where it has ``randomised(seed)``, weights are randomised too.
        inputs: (N, H, W, C) float32 network inputs; 32 of them, evenly spaced, are used.
        methods: map set -> method of its maps, a name in ``CAMS``.
        seed: of the random orders and random weights.
        cover: (N, h, w) share of each cell that the object covers, NaN rows without a region.
        targets: (N, K) weights of the outputs that are explained; None: the predicted class.
    """
    chosen = np.unique(np.linspace(0, len(inputs) - 1, min(MOST, len(inputs))).astype(np.intp))
    few = np.ascontiguousarray(inputs[chosen])
    regions = None if cover is None else np.asarray(cover[chosen], dtype=np.float32)
    asked = None if targets is None else targets[chosen]
    seen = explainer.explain(few, asked, gradients=list(methods))
    cases = [Case(explainer, few, method, name, seed, seen, regions) for name, method in methods.items()]
    random = randomisation.untrained(cases)
    return [_report(case, random.get(case.map_set)) for case in cases]


def run_trust(
    explainer: Explainer,
    inputs: Floats,
    method: str = "grad-cam",
    map_set: MapSet = "classic",
    seed: int = 0,
) -> TrustReport:
    """The report of one map set; see :func:`check_maps`."""
    return check_maps(explainer, inputs, {map_set: method}, seed)[0]


def _report(case: Case, untrained: Floats | None) -> TrustReport:
    found = (
        randomisation.check(case, untrained),
        deletion.check(case),
        agreement.check(case),
        receptive.check(case),
    )
    kept = tuple(check for check in found if check)
    return TrustReport(case.method, case.map_set, kept, case.explainer.info.head, untrained)
