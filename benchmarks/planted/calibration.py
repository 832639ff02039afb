"""How well the reliance that an audit states fits the one that was measured."""

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks.planted.figures import rank_correlation, share
from benchmarks.planted.results import Result

GROUPS = (
    ("all", 0.0, 1.01),
    ("below 0.10", 0.0, 0.10),
    ("0.10 to 0.85", 0.10, 0.85),
    ("from 0.85", 0.85, 1.01),
)


def table(results: Sequence[Result]) -> Iterator[str]:
    """Lines of Markdown: error, coverage of the 95 % interval and order, by measured reliance.

    Rows of before, which state no reliance, are left out.
    """
    yield "| measured | projects | absolute error | mean error | interval holds it | rank correlation |"
    yield "| --- " * 6 + "|"
    told = [one for one in results if one.row.get("said")]
    for name, low, high in GROUPS:
        rows = [one for one in told if low <= one.reliance < high]
        if not rows:
            continue
        truth = np.array([one.reliance for one in rows])
        said = np.array([one.row["said"]["share"] for one in rows])
        held = share([_holds(one) for one in rows])
        order = rank_correlation(list(said), list(truth))
        yield (
            f"| {name} | {len(rows)} | {np.abs(said - truth).mean():.3f} | {(said - truth).mean():+.3f} "
            f"| {held} | {order:.2f} |"
        )


def _holds(one: Result) -> bool:
    said = one.row["said"]
    return bool(said["low"] <= one.reliance <= said["high"])
