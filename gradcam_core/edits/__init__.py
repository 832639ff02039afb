"""Edits of the picture against matched control edits.

An edit alone proves little: any hole, seam or blur can move a prediction. Every edit therefore has a
control of the same size and kind, and only the difference between the two arms is read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gradcam_core.base.registry import Registry
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Picture
from gradcam_core.edits.engine.scenes import Rows
from gradcam_core.edits.engine.stage import Stage

Arm = Literal["edit", "control"]


@dataclass(frozen=True)
class Edit:
    """One planned picture. ``row`` is edited; ``donor`` is the row the new pixels came from."""

    row: int
    edit: str
    filler: str
    arm: Arm
    picture: Picture
    suspicion: str = ""
    donor: int | None = None
    target: int | None = None


Plan = Callable[[Stage, int, Suspicion | None, np.random.Generator], Iterable[Edit]]


Eligible = Callable[[Stage, Suspicion | None], Rows]


def every_row(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(N,) every row: each sample can be edited."""
    return np.arange(len(stage.scenes.ids))


def rows_with_region(stage: Stage, suspicion: Suspicion | None) -> Rows:
    """(M,) rows with a usable region; where rows are objects, or one class each, what the model found."""
    return stage.usable[stage.scenes.predicted[stage.usable] != stage.scenes.nothing]


@dataclass(frozen=True)
class Check:
    """One edit with its control.

    Attributes:
        title, help: for people.
        action: making the edit, as the subject of a sentence: "Removing the object".
        plan: yields the edits of one sample; seeded by sample, so one alone equals one in a set.
        eligible: which rows it can be done on.
        needs_region: False where it works without any region.
        flag: what it tests without a suspicion; "" where it only describes, or tests suspicions.
        flags: the suspicions it tests; empty: every run gets it once, without a suspicion.
        decisive: True where edit minus control above zero says "the model uses it"; False where the
            numbers describe (both arms disturb different things, so their difference is a comparison).
        fillers: the ways that have to agree. A name "a:b" is way b of quantity a: agreement is asked
            for within a quantity.
    """

    title: str
    help: str
    action: str
    plan: Plan
    eligible: Eligible = every_row
    needs_region: bool = False
    flag: str = ""
    flags: tuple[str, ...] = ()
    decisive: bool = True
    fillers: tuple[str, ...] = ()


CHECKS: Registry[Check] = Registry("check", __name__)
