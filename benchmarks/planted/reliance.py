"""The truth: how often the prediction follows the cue when only the cue is flipped."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.cases import Case
from benchmarks.planted.render import Pictures, render_all
from benchmarks.planted.scene import scenes, with_cues

Classes = NDArray[np.intp]
Predict = Callable[[Pictures], Classes]
BANDS = (("clean", 0.10), ("0.10-0.30", 0.30), ("0.30-0.60", 0.60), ("0.60-0.85", 0.85), ("reliant", 1.01))


def band(reliance: float) -> str:
    """The name of the band: clean below 0.10, reliant from 0.85, three in between."""
    return next(name for name, below in BANDS if reliance < below)


def follows(without: Classes, with_cue: Classes, classes: int) -> NDArray[np.bool_]:
    """(N,) True where the prediction is the cue's class with the cue and not so without it."""
    last = classes - 1
    return np.asarray((with_cue == last) & (without != last))


def measure(case: Case, seed: int, side: int, predict: Predict, count: int = 300) -> dict[str, float]:
    """Reliance per cue and, under "all", for all cues flipped together, on hidden scenes."""
    hidden = list(scenes(case, "hidden", count, seed))
    shares = {}
    singles = [(name, number) for number, name in enumerate(case.cues)] if len(case.cues) > 1 else []
    for name, which in [("all", None), *singles]:
        answers = [
            predict(render_all([with_cues(s, value, which) for s in hidden], case, side)[0])
            for value in (0, 1)
        ]
        shares[name] = float(follows(answers[0], answers[1], case.classes).mean())
    return shares
