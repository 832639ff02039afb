"""What is in a picture before it is drawn: one Scene per picture, from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.cases import Case

SPLITS = {"train": 0, "test": 1, "hidden": 2}


@dataclass(frozen=True)
class Scene:
    """Everything the renderer needs. Lengths are shares of the picture's side.

    ``cues`` holds 0 or 1 per cue of the case, ``filed`` is the class that the label says. ``seed`` feeds
    the textures, so two scenes that differ in one field differ in the picture only by what that field
    draws.
    """

    label: int
    cues: tuple[int, ...]
    seed: int
    family: int
    centre: tuple[float, float]
    radius: float
    turn: float
    aspect: float
    colour: tuple[float, float, float]
    filed: int = 0


def speaks_for(case: Case, label: int) -> int:
    """The cue value that goes with a class: its number, or "is it the last of three"."""
    return label if case.classes == 2 else int(label == case.classes - 1)


def _centre(case: Case, rng: np.random.Generator) -> tuple[float, float]:
    """Where the object stands: anywhere inside, the middle, or on a ring near the edge."""
    free, angle = rng.uniform(0.32, 0.68, 2), rng.uniform(0, 2 * np.pi)
    if case.placement == "edge":
        return 0.5 + 0.24 * float(np.sin(angle)), 0.5 + 0.24 * float(np.cos(angle))
    jitter = 1.0 if case.placement == "free" else 0.08
    return 0.5 + jitter * (float(free[0]) - 0.5), 0.5 + jitter * (float(free[1]) - 0.5)


def draw_scene(case: Case, label: int, seed: int) -> Scene:
    """One scene. Only the cues' values (and the size, in a ``sized`` case) look at the label."""
    rng = np.random.default_rng(seed)
    family, size = int(rng.integers(2)), float(rng.uniform(0, 1))
    centre = _centre(case, rng)
    turn, aspect = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0.8, 1.25))
    hue, saturation, brightness = rng.uniform((0.0, 0.5, 0.35), (1.0, 0.95, 0.8)).tolist()
    agrees = rng.uniform(size=len(case.cues)) < case.strength
    value = speaks_for(case, label)
    if case.sized:
        size = 0.3 * size + 0.7 * label
    cues = tuple(value if agree else 1 - value for agree in agrees)
    filed = label if rng.uniform() >= case.noise else (label + 1) % case.classes
    colour, radius = (hue, saturation, brightness), 0.15 + 0.09 * size
    return Scene(label, cues, seed, family, centre, radius, turn, aspect, colour, filed)


def scenes(case: Case, split: str, count: int, seed: int) -> Iterator[Scene]:
    """``count`` scenes of a split, reproducible from ``seed``; as many of each class, or as the case says.

    Cases share no scenes, so that runs of one seed are independent of each other.
    """
    rng = np.random.default_rng([seed, SPLITS[split], crc32(case.name.encode())])
    labels = rng.permutation(_labels(case, count))
    for label, scene_seed in zip(labels, rng.integers(1 << 62, size=count), strict=True):
        yield draw_scene(case, int(label), int(scene_seed))


def _labels(case: Case, count: int) -> NDArray[np.intp]:
    """(count,) classes in order."""
    first = round(case.largest * count)
    if not first:
        return np.arange(count) % case.classes
    return np.concatenate([np.zeros(first, np.intp), 1 + np.arange(count - first) % (case.classes - 1)])


def with_cues(scene: Scene, value: int, which: int | None = None) -> Scene:
    """The same scene with all cues (or only number ``which``) set to ``value``."""
    cues = tuple(value if which in (None, i) else old for i, old in enumerate(scene.cues))
    return replace(scene, cues=cues)
