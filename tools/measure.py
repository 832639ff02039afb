"""How much a model relies on a demo's cue: the same hidden scenes, with only the cue flipped."""

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest, linregress, sem, t

from gradcam_core.base.sounds import as_stored
from gradcam_core.base.types import Floats, Picture
from gradcam_core.images.sound_pictures import SUFFIX
from gradcam_core.projects.demos.catalogue import Demo

Classify = Callable[[Floats], NDArray[np.intp]]
"""Model inputs (N, height, width, channels), 0..1, to class indices (N,)."""
Predict = Callable[[Floats], NDArray[np.float64]]
"""Model inputs (N, height, width, channels), 0..1, to outputs (N,)."""
Draw = Callable[[Demo, list[tuple[int, str, str]]], Floats]
"""Scenes as (seed, label, cue) to model inputs; :func:`draw_inputs`, or the same in parallel."""


def as_input(demo: Demo, pictures: Iterable[Picture]) -> Floats:
    """Pictures to model input (N, height, width, channels), 0..1, by area and, for one channel, luma.

    The pictures of sounds become flat features (N, frames * bands).
    """
    batch = np.stack([_shrink(demo, picture) for picture in pictures])
    if demo.suffix == SUFFIX:
        return as_stored(batch[..., 0]).reshape(len(batch), -1)
    return batch


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


def measure_numbers(
    demo: Demo, predict: Predict, first_seed: int, count: int, draw: Draw = draw_inputs
) -> dict[str, Any]:
    """What moves the output on ``count`` hidden scenes, each with a small, a large, its own and no cue.

    Returns:
        ``reliance``: share of scenes whose output moves by more than the demo's tolerance when the cue
        goes from the small to the large one; ``per unit``: mean change of the output per unit of the cue
        (``cue``) and of the label with the cue held (``label``), with 95 % intervals; ``error``: mean
        absolute error with a cue that agrees, with either fixed one, and without.
    """
    scenes = list(demo.planned(first_seed, count, Fraction(0)) if demo.planned else ())
    truth = np.array([float(label) for _, label, _ in scenes])
    small, large = demo.cues
    drawn = {"agrees": [*truth.astype(str)], small: [small] * count, large: [large] * count}
    drawn["none"] = ["none"] * count
    found = {
        name: predict(
            draw(demo, [(seed, label, cue) for (seed, label, _), cue in zip(scenes, cues, strict=True)])
        )
        for name, cues in drawn.items()
    }
    change = found[large] - found[small]
    error = {name: round(float(np.abs(values - truth).mean()), 3) for name, values in found.items()}
    return {
        "reliance": share(np.abs(change) > demo.tolerance),
        "per unit": {
            "cue": mean_of(change / (float(large) - float(small))),
            "label": slope(truth, (found[small] + found[large]) / 2),
        },
        "error": {f"cue {name}": value for name, value in error.items()},
    }


def mean_of(values: NDArray[np.float64]) -> dict[str, Any]:
    """Mean with its 95 % interval (Student)."""
    low, high = t.interval(0.95, len(values) - 1, loc=values.mean(), scale=sem(values))
    return {
        "value": round(float(values.mean()), 4),
        "interval": [round(float(low), 4), round(float(high), 4)],
    }


def slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> dict[str, Any]:
    """Of a straight line through (x, y), with its 95 % interval."""
    fit = linregress(x, y)
    reach = float(t.ppf(0.975, len(x) - 2) * fit.stderr)
    ends = [round(float(fit.slope) + sign * reach, 4) for sign in (-1, 1)]
    return {"value": round(float(fit.slope), 4), "interval": ends}


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
