"""What a detector of a demo with several objects relies on: one object's cue is flipped, all else stays."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Box, Floats
from gradcam_core.projects.demos.catalogue import Demo
from gradcam_core.projects.demos.scenes.bench import boxes
from tools.measure import Draw, draw_inputs, share

Shares = Callable[[Floats], NDArray[np.floating]]
"""Model inputs (N, height, width, channels), 0..1, to probabilities (N, h, w, 1 + classes)."""
Plan = tuple[int, str, str]


def measure_objects(
    demo: Demo, shares: Shares, scenes: Sequence[Plan], draw: Draw = draw_inputs
) -> dict[str, Any]:
    """Reliance on the first object's cue over hidden scenes, each drawn with either cue beside it.

    The answer about an object is the likelier class in the cell that holds its box's centre.

    Returns:
        As ``measure``: ``reliance`` (the answer changes when only the cue does), ``follows`` (it is the
        cue's class both times), ``accuracy`` by whether cue and class agree; and ``found``: how often the
        cell says background with less than one half.
    """
    labels = np.array([demo.classes.index(label.split(",")[0]) for _, label, _ in scenes])
    answers, found = np.empty((len(scenes), 2), np.intp), np.empty((len(scenes), 2), np.bool_)
    for column, cue in enumerate(demo.cues):
        changed = [(seed, label, ",".join((cue, *cues.split(",")[1:]))) for seed, label, cues in scenes]
        for row, cell in enumerate(_cells(demo, shares(draw(demo, changed)), changed)):
            answers[row, column], found[row, column] = cell[1:].argmax(), cell[0] < 0.5
    rows = np.arange(len(scenes))
    return {
        "reliance": share(answers[:, 0] != answers[:, 1]),
        "follows": share((answers == [0, 1]).all(axis=1)),
        "accuracy": {
            "cue agrees": share(answers[rows, labels] == labels),
            "cue contradicts": share(answers[rows, 1 - labels] == labels),
        },
        "found": share(found.ravel()),
    }


def _cells(
    demo: Demo, shares: NDArray[np.floating], scenes: Sequence[Plan]
) -> Iterator[NDArray[np.floating]]:
    for one, scene in zip(shares, scenes, strict=True):
        yield one[cell_of(boxes(*scene[:2])[0], demo.size, (one.shape[0], one.shape[1]))]


def cell_of(box: Box, size: tuple[int, int], grid: tuple[int, int]) -> tuple[int, int]:
    """The cell of a grid over a picture of ``size`` that holds the box's centre."""
    row, column = (box.top + box.bottom) / 2 * grid[0], (box.left + box.right) / 2 * grid[1]
    return int(row / size[0]), int(column / size[1])


def targets_of(demo: Demo, scenes: Sequence[Plan], grid: tuple[int, int]) -> NDArray[np.intp]:
    """(N, h, w) channel that each cell should name: FOMO's truth, the class at each box's centre."""
    truth = np.zeros((len(scenes), *grid), np.intp)
    for one, scene in zip(truth, scenes, strict=True):
        for box in boxes(*scene[:2]):
            one[cell_of(box, demo.size, grid)] = 1 + demo.classes.index(box.label)
    return truth
