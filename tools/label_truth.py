"""How much the answer about one label follows the cue, where a demo's scenes have several labels."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Floats
from gradcam_core.projects.demos.catalogue import Demo
from gradcam_core.projects.demos.scenes.films import DRAINED
from tools.measure import Draw, draw_inputs, share

Say = Callable[[Floats], NDArray[np.bool_]]
"""Model inputs (N, height, width, channels), 0..1, to which of the classes are said (N, K)."""


def flags_of(demo: Demo, scenes: Sequence[tuple[int, str, str]]) -> NDArray[np.bool_]:
    """(N, K) bool, the labels of scenes given as (seed, label, cue)."""
    return np.array([[name in label.split("|") for name in demo.classes] for _, label, _ in scenes])


def measure_labels(
    demo: Demo, say: Say, first_seed: int, count: int, draw: Draw = draw_inputs
) -> dict[str, Any]:
    """Reliance of each class's answer on the cue, on ``count`` hidden scenes drawn with and without it.

    Returns:
        ``reliance``: share of scenes whose answer about the drained finding changes with the cue alone;
        ``others``: the same per other class; ``recall``: of the films that have it, by cue; each with
        {share, count, n, interval}.
    """
    scenes = list(demo.planned(first_seed, count, Fraction(0)) if demo.planned else ())
    truth = flags_of(demo, scenes)
    without, with_cue = (
        say(draw(demo, [(seed, label, cue) for seed, label, _ in scenes])) for cue in demo.cues
    )
    own, changed = demo.classes.index(DRAINED), without != with_cue
    there = truth[:, own]
    return {
        "reliance": share(changed[:, own]),
        "others": {n: share(changed[:, k]) for k, n in enumerate(demo.classes) if k != own},
        "recall": {
            "with the drain": share(with_cue[there, own]),
            "without it": share(without[there, own]),
        },
        "false alarms": {
            "with the drain": share(with_cue[~there, own]),
            "without it": share(without[~there, own]),
        },
    }
