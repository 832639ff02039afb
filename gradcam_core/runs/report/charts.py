"""Distributions of a report: per class the focus ruler of right and wrong answers, counted in bins."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.base.types import Floats, MapSet
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import FOCUS, focus_points

BINS, MOST = 40, 12
WIDTH, HEIGHT = 400, 46  # of a row's drawing, in its own units


@dataclass(frozen=True)
class Bar:
    """A bar in the drawing's units; ``wrong`` answers stand on the right ones."""

    x: float
    y: float
    width: float
    height: float
    wrong: bool


@dataclass(frozen=True)
class Row:
    """One class: its bars, its median on the ruler and where that lies in the drawing."""

    label: str
    n: int
    wrong: int
    undefined: int
    median: str
    at: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """All rows on one scale, and how many classes have no row of their own."""

    title: str
    help: str
    rows: tuple[Row, ...]
    more: int
    width: int = WIDTH
    height: int = HEIGHT


def chart(run: Run, map_set: MapSet) -> Chart | None:
    """The focus ruler by class, the largest classes; None where no sample has a value."""
    points = focus_points(run.table, "normalised", map_set)
    if not points["value"].notna().any():
        return None
    labels = points["label"].value_counts()
    shown = [str(label) for label, n in labels.items() if n][:MOST]
    rows = tuple(_row(label, points[points["label"] == label]) for label in shown)
    score, more = FOCUS["normalised"], int((labels > 0).sum()) - len(rows)
    return Chart(score.title, score.help, rows, more)


def _row(label: str, points: pd.DataFrame) -> Row:
    values = points["value"].to_numpy(dtype=np.float64)
    defined = np.isfinite(values)
    wrong = points["correct"].eq(False).fillna(False).to_numpy(dtype=bool)
    median = float(np.median(values[defined])) if defined.any() else np.nan
    return Row(
        label=label,
        n=int(defined.sum()),
        wrong=int((wrong & defined).sum()),
        undefined=int((~defined).sum()),
        median=f"{median:.2f}" if defined.any() else "–",
        at=WIDTH * median / 2 if defined.any() else -10.0,
        bars=tuple(_bars(values[defined & ~wrong], values[defined & wrong])),
    )


def _bars(right: Floats, wrong: Floats) -> Iterator[Bar]:
    """Counts of both in equal bins of 0..2, one upon the other, the highest bin as high as the drawing."""
    edges = np.linspace(0, 2, BINS + 1)
    below, above = (np.histogram(np.clip(part, 0, 2), edges)[0] for part in (right, wrong))
    unit = HEIGHT / max(1, int((below + above).max()))
    width = WIDTH / BINS
    for place, (low, high) in enumerate(zip(below * unit, above * unit, strict=True)):
        at = round(place * width, 2)
        if low:
            yield Bar(at, round(HEIGHT - low, 2), width - 1, round(float(low), 2), False)
        if high:
            yield Bar(at, round(HEIGHT - low - high, 2), width - 1, round(float(high), 2), True)
