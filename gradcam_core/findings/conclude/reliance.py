"""How much: the share of answers that a cue decides.

An edit changes answers for two reasons, the cue and the disturbance that its control makes, too. If both
act by themselves, a share R of the answers that the control leaves alone is changed by the cue:
edited = control + (1 - control) R, so R = (edited - control) / (1 - control). This is Abbott's formula
("A method of computing the effectiveness of an insecticide", J. Econ. Entomol. 18:265, 1925).
"""

import math
from collections.abc import Iterable

from gradcam_core.findings.statistics import SMALLEST_FLAG
from gradcam_core.runs.findings import UNDEFINED, EditEvidence, Interval

ROUGHEST = 0.5  # a control that changes half of the answers leaves too little to tell from


def reliance(evidence: Iterable[EditEvidence]) -> tuple[float, Interval]:
    """Share 0..1 of answers that the cue decides, with its 95 % interval; NaN where no edit can tell.

    Of the filler that shows most: an edit may miss a part of a cue; what it adds is its control's, too.
    The interval is that of the difference, the control's rate taken as known.

    Args:
        evidence: of one finding; fillers with fewer than 30 pairs, or a control that changes half of the
            answers by itself, are left out.
    """
    shares = [_share(one) for one in evidence if _tells(one)]
    return max(shares, key=lambda found: found[0], default=(math.nan, UNDEFINED))


def _tells(one: EditEvidence) -> bool:
    known = math.isfinite(one.difference) and all(math.isfinite(end) for end in one.interval)
    return known and one.n >= SMALLEST_FLAG and one.control_rate < ROUGHEST


def _share(one: EditEvidence) -> tuple[float, Interval]:
    share, low, high = (
        min(max(value / (1 - one.control_rate), 0.0), 1.0) for value in (one.difference, *one.interval)
    )
    return share, (low, high)
