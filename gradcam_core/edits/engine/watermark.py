"""Inserting a watermark: the fine pattern in which a class's mean picture differs from the others'.

What is the same in every picture of a class survives averaging, what differs does not. The coarse part of
the difference (backgrounds, typical colours) is taken out. The control adds a pattern of the same spectrum
and energy with random phases: as strong, but without the mark.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Floats
from gradcam_core.edits import Arm, Edit
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

STRENGTHS = {"pattern": 1.0, "pattern-strong": 1.5}
MOST = 200
COARSE = 0.04  # of the width


def plan_pattern(
    stage: Stage, row: int, suspicion: Suspicion, target: int | None, rng: np.random.Generator
) -> Iterator[Edit]:
    """Both arms at two strengths; nothing where the class or the rest of the set is missing."""
    pattern = _kept(stage, suspicion, target)
    if pattern is None:
        return
    arms: dict[Arm, Floats] = {"edit": pattern, "control": scrambled(pattern, rng)}
    picture = stage.scenes.pictures[row]
    for filler, strength in STRENGTHS.items():
        for arm, added in arms.items():
            edited = np.clip(np.rint(picture + strength * added), 0, 255).astype(np.uint8)
            yield Edit(row, "patch-insertion", filler, arm, edited, suspicion.id, None, target)


def _kept(stage: Stage, suspicion: Suspicion, target: int | None) -> Floats | None:
    if suspicion.id not in stage.patterns:
        shows = np.asarray([sample in set(suspicion.samples) for sample in stage.scenes.ids])
        member = stage.scenes.groups == target if target is not None else shows
        stage.patterns[suspicion.id] = mean_difference(stage, member)
    return stage.patterns[suspicion.id]


def mean_difference(stage: Stage, member: Rows) -> Floats | None:
    """(H, W, 3) float32 grey levels, fine part of mean(members) - mean(others); None if one is empty."""
    inside, outside = np.flatnonzero(member), np.flatnonzero(~member.astype(bool))
    if not len(inside) or not len(outside):
        return None
    difference = _mean(stage, inside) - _mean(stage, outside)
    coarse = cv2.GaussianBlur(difference, (0, 0), max(1.0, COARSE * difference.shape[1]))
    return np.asarray(difference - coarse, dtype=np.float32)


def scrambled(pattern: Floats, rng: np.random.Generator) -> Floats:
    """(H, W, 3) float32 of the same amplitude spectrum, and so of the same energy, with random phases."""
    phases = np.exp(1j * np.angle(np.fft.rfft2(rng.normal(size=pattern.shape[:2]))))
    spectrum = np.fft.rfft2(pattern, axes=(0, 1)) * phases[..., None]
    back = np.fft.irfft2(spectrum, s=pattern.shape[:2], axes=(0, 1))
    return np.asarray(back, dtype=np.float32)


def _mean(stage: Stage, rows: Rows) -> Floats:
    chosen = rows[np.linspace(0, len(rows) - 1, min(MOST, len(rows))).astype(np.intp)]
    total = np.zeros(stage.scenes.pictures.shape[1:], dtype=np.float64)
    for row in chosen:
        total += stage.scenes.pictures[row]
    return np.asarray(total / len(chosen), dtype=np.float32)
