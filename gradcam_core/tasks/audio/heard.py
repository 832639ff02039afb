"""Where in a sound something lies, in words of somebody who listens: "a hum at 120 Hz"."""

from collections.abc import Sequence

import numpy as np

from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Cell, Floats

LASTING = 0.6  # of the time: what sounds that long is a hum
BROAD = 0.6  # of the bands: what has that many has no pitch
CLICK = 0.1  # seconds: what is no longer and has no pitch is a click
Seconds = tuple[float, float]


def heard(cells: Sequence[Cell], grid: Cell, features: Features) -> str:
    """ "a hum at 120 Hz", "a click in the first 60 ms", "a sound from 0.21 to 0.38 s, 500 to 800 Hz".

    Args:
        cells: (row, column) on ``grid``; row 0 is the highest frequency, column 0 the beginning.
        grid: (rows, columns) of the map; one row: a network in time only.
        features: what time and bands are.

    Returns:
        "" for no cells.
    """
    if not cells:
        return ""
    rows, columns = zip(*cells, strict=True)
    when = _seconds(min(columns), max(columns) + 1, grid[1], features)
    lasting = len(set(columns)) / grid[1] >= LASTING
    broad = grid[0] == 1 or len(set(rows)) / grid[0] >= BROAD
    pitch = "" if broad else _pitch(min(rows), max(rows) + 1, grid[0], features)
    if lasting:
        return f"a hum {pitch}" if pitch else "the sound as a whole"
    moment = _moment(min(columns), max(columns) + 1, grid[1], features)
    kind = "a click" if broad and when[1] - when[0] <= CLICK else "a sound"
    return f"{kind} {moment}{f', {pitch}' if pitch else ''}"


def hot_span(heat: Floats, features: Features, share: float = 0.5) -> Seconds | None:
    """The shortest stretch of time, in seconds, that holds ``share`` of a map's heat; None without heat.

    Args:
        heat: (h, w) raw map, time to the right.
        features: what time is.
        share: 0..1 of the heat.
    """
    over_time = np.nan_to_num(np.asarray(heat, dtype=np.float64)).sum(axis=0)
    if not over_time.sum() > 0:
        return None
    sums = np.concatenate([[0.0], np.cumsum(over_time)])
    wanted = share * sums[-1] * (1 - 1e-9)
    ends = np.searchsorted(sums, sums[:-1] + wanted)
    found = [(int(end) - start, start) for start, end in enumerate(ends) if end < len(sums)]
    length, start = min(found)
    return _seconds(start, start + length, len(over_time), features)


def _seconds(first: int, end: int, columns: int, features: Features) -> Seconds:
    """A map's first column begins with the sound, though a frame is drawn around its own middle."""
    start, stop = features.span
    step = (stop - start) / columns
    return start + first * step if first else 0.0, start + end * step


def _moment(first: int, end: int, columns: int, features: Features) -> str:
    start, stop = _seconds(first, end, columns, features)
    if first == 0:
        return f"in the first {_length(stop)}"
    if end == columns:
        return f"in the last {_length(stop - start)}"
    return f"from {start:.2f} to {stop:.2f} s"


def _length(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def _pitch(top: int, bottom: int, rows: int, features: Features) -> str:
    """The bands behind rows of a map; "" where they have neither a frequency nor a number of their own."""
    low = int(np.floor(features.bands * (1 - bottom / rows)))
    high = max(int(np.ceil(features.bands * (1 - top / rows))) - 1, low)
    if not features.hertz:
        return f"coefficient {low}" if low == high else f"coefficients {low} to {high}"
    first, last = _round(features.hertz[low]), _round(features.hertz[high])
    return f"at {first:,.0f} Hz" if first == last else f"at {first:,.0f} to {last:,.0f} Hz"


def _round(hertz: float) -> float:
    """Two digits: bands are wide."""
    return float(f"{hertz:.2g}")
