"""How much a model relies on a demo's cue: the same hidden scenes, with only the cue flipped."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest

from gradcam_core.demos import Demo
from gradcam_core.types import Floats, Picture

Classify = Callable[[Floats], NDArray[np.intp]]
"""Model inputs (N, height, width, channels), 0..1, to class indices (N,)."""
Draw = Callable[[Demo, list[tuple[int, str, str]]], Floats]
"""Scenes as (seed, label, cue) to model inputs; :func:`draw_inputs`, or the same in parallel."""


def as_input(demo: Demo, pictures: Iterable[Picture]) -> Floats:
    """Pictures to model input (N, height, width, channels), 0..1, by area and, for one channel, luma."""
    batch = [_shrink(demo, picture) for picture in pictures]
    return np.stack(batch)


def _shrink(demo: Demo, picture: Picture) -> Floats:
    height, width, channels = demo.input
    down, across = picture.shape[0] // height, picture.shape[1] // width
    small = picture.reshape(height, down, width, across, 3).mean(axis=(1, 3)).astype(np.float32) / 255
    if channels == 1:
        small = (small @ np.asarray((0.299, 0.587, 0.114), np.float32))[..., None]
    return small


def draw_inputs(demo: Demo, scenes: Iterable[tuple[int, str, str]]) -> Floats:
    """Model inputs of scenes given as (seed, label, cue)."""
    return as_input(demo, (demo.render_scene(*scene).picture for scene in scenes))


def measure(
    demo: Demo, classify: Classify, first_seed: int, count: int, draw: Draw = draw_inputs
) -> dict[str, Any]:
    """Reliance and accuracies on ``count`` hidden scenes, each drawn with either cue.

    Returns:
        ``reliance``: share of scenes whose prediction changes when only the cue is flipped, and
        ``follows``: share whose prediction is the cue's class both times, each {share, count, n,
        interval} with the 95 % Wilson interval; ``accuracy``: by whether the cue agrees with the class.
    """
    rows = np.arange(count)
    labels = rows % 2
    found = np.empty((count, 2), np.intp)
    for column, cue in enumerate(demo.cues):
        scenes = [(first_seed + int(row), demo.classes[labels[row]], cue) for row in rows]
        found[:, column] = classify(draw(demo, scenes))
    return {
        "reliance": share(found[:, 0] != found[:, 1]),
        "follows": share((found == [0, 1]).all(axis=1)),
        "accuracy": {
            "cue agrees": share(found[rows, labels] == labels),
            "cue contradicts": share(found[rows, 1 - labels] == labels),
        },
    }


def share(hits: NDArray[np.bool_]) -> dict[str, Any]:
    """Share of true values with its count and 95 % Wilson interval (Wilson 1927)."""
    test = binomtest(int(hits.sum()), len(hits))
    low, high = test.proportion_ci(method="wilson")
    return {
        "share": round(float(hits.mean()), 4),
        "count": int(hits.sum()),
        "n": len(hits),
        "interval": [round(float(low), 4), round(float(high), 4)],
    }
