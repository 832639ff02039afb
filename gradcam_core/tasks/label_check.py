"""What the labels of some pictures say: which way of feeding them, and which order of classes, is right.

Pure functions on the classes that a model says; whoever calls has run it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.stats import binomtest

from gradcam_core.base.intervals import ENOUGH, paired_gain

Classes = NDArray[np.intp]
Right = NDArray[np.bool_]

GAIN = 0.10  # share of labelled pictures that another class order must win
ALPHA = 0.001  # of the exact McNemar test of a class order
GOOD = 0.97  # above it no alternative can be clearly better
CHECK = "check that model, labels and pictures belong together, and how training read the pictures"
SWITCH = "what would change it is said with it"
CLASS_LIMIT = 50  # above it a class order cannot be judged from a few dozen pictures


def fits(right: Right, chance: float) -> bool:
    """At least 97 % of the answers (N,) are right, and more than the share that ``chance`` gets right."""
    return bool(np.mean(right) >= GOOD) and not at_chance(right, chance)


def at_chance(right: Right, chance: float) -> bool:
    """The 95 % interval (Wilson) of the share that is right, (N,), holds ``chance`` or lies below it."""
    interval = binomtest(int(right.sum()), len(right)).proportion_ci(0.95, method="wilson")
    return bool(interval.low <= chance)


def dealt_out(said: Classes, labels: Classes) -> float:
    """The share of answers that would be right if the same answers were dealt out at random, 0..1."""
    count = int(max(said.max(), labels.max())) + 1
    shares = [np.bincount(one, minlength=count) / len(one) for one in (said, labels)]
    return float(shares[0] @ shares[1])


def clearly_better(other: Right, now: Right, comparisons: int) -> bool:
    """The 95 % interval of the paired difference excludes 0, whichever of ``comparisons`` is looked at."""
    return paired_gain(other, now, comparisons)[0] > 0


def better_order(now: Classes, labels: Classes, count: int) -> Classes | None:
    """(count,) label index per output where permuting the classes fits clearly better, else None.

    Clearly: at least 10 points more, exact McNemar p < 0.001.
    """
    if not 1 < count <= CLASS_LIMIT:
        return None
    table = np.zeros((count, count), int)
    np.add.at(table, (now, labels), 1)
    order: Classes = linear_sum_assignment(-table)[1]
    return order if _wins(order[now] == labels, now == labels) else None


def _wins(other: Right, now: Right) -> bool:
    won, lost = int((other & ~now).sum()), int((now & ~other).sum())
    if (won - lost) / len(now) < GAIN:
        return False
    return bool(binomtest(won, won + lost, alternative="greater").pvalue < ALPHA)


def order_warning(said: Classes, labels: Classes, class_names: Sequence[str]) -> str | None:
    """A sentence where another class order clearly fits the labels better, with both shares."""
    order = better_order(said, labels, len(class_names))
    if order is None:
        return None
    names = ", ".join(class_names[index] for index in order)
    share, now = np.mean(order[said] == labels), np.mean(said == labels)
    return (
        f"the class order {names} fits the labels clearly better: {share:.0%} of {len(labels)} right "
        f"against {now:.0%}; to use it, give a file of these names, one per line, with --labels FILE"
    )


def nonsense(
    said: Classes, labels: Classes | None, class_names: Sequence[str], todo: str = CHECK
) -> str | None:
    """A sentence where the answers (N,) say nothing of the pictures: one class for all, or chance.

    Args:
        labels: (N,) class indices, or None where there are none.
        todo: what the sentence ends with.
    """
    if len(said) < ENOUGH:
        return None
    one = len(np.unique(said)) == 1 and len(class_names) > 1
    several = labels is None or len(np.unique(labels)) > 1
    if one and several:
        name = f"the model says “{class_names[int(said[0])]}” for all of {len(said):,} pictures"
        return f"{name}: it does not tell the classes apart; {todo}"
    if labels is None or not several or not at_chance(said == labels, dealt_out(said, labels)):
        return None
    return (
        f"the model is right on {np.mean(said == labels):.0%} of {len(said):,} labelled pictures; the same "
        f"answers dealt out at random would be right on {dealt_out(said, labels):.0%}; {todo}"
    )
