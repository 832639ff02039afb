"""The background edits once more with marks left alone: which pixels stay, and what the model then says."""

from collections.abc import Callable

import numpy as np
import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import PlannedCheck
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.findings.held_marks import Held, held_edits
from gradcam_core.runs.findings import EditEvidence, Finding
from tests.edits.made import BOX, CORNER, N, by_corner, by_frame, by_ground, draw, scenes_of, with_marker

ONE = EditEvidence("background-swap", "swap", "flip", 60, 0.9, 0.0, 0.9, (0.8, 1.0), 0.001, "confirm")
GROUND = Finding("background", 3, statement="Relies.", effect=0.9, evidence=(ONE,))
NAME = "fixed-marker/red/data"
TAG = Finding("fixed-marker", 3, "red", suspicion=NAME, effect=0.9)
FRAME = Finding("border", 3, effect=0.9)
MARKED = np.flatnonzero(np.arange(N) % 2)
Model = Callable[[np.ndarray], np.ndarray]


def tagged(model: Model) -> tuple[Scenes, list[Suspicion]]:
    scenes = scenes_of(with_marker(draw()[0], MARKED), model)
    ids = tuple(scenes.ids[row] for row in MARKED)
    return scenes, [Suspicion(NAME, "fixed-marker", "red", ids, dict.fromkeys(ids, BOX))]


def framed(model: Model) -> tuple[Scenes, list[Suspicion]]:
    pictures = draw()[0]
    for side in (np.s_[:, :2], np.s_[:, -2:], np.s_[:, :, :2], np.s_[:, :, -2:]):
        part = pictures[MARKED]
        part[side] = 255
        pictures[MARKED] = part
    return scenes_of(pictures, model), []


@pytest.mark.parametrize(("made", "model", "mark"), [(tagged, by_corner, TAG), (framed, by_frame, FRAME)])
def test_nothing_flips_where_the_mark_stays(
    made: Callable[[Model], tuple[Scenes, list[Suspicion]]], model: Model, mark: Finding
) -> None:
    held = held_edits([GROUND, mark], *made(model), model, budget=N, seed=0)
    assert held is not None
    assert len(held.table) >= 2 * N
    assert not held.table["flipped"].any()
    assert all(0.4 < share < 1 for share in held.room.values())
    assert held.marks == ((mark.flag, mark.label, mark.suspicion),)


def test_a_used_background_flips_all_the_same() -> None:
    held = held_edits([GROUND, TAG], *tagged(by_ground), by_ground, budget=N, seed=0)
    assert held is not None
    assert held.table.groupby("arm")["flipped"].mean()["edit"] > 0.9


def test_the_mark_of_the_donor_stays_away() -> None:
    """A sample without the tag gets the donor's background, and its own pixels where the donor's tag is."""
    scenes, known = tagged(by_corner)
    stage, row = Stage(scenes, known), 0
    plain = list(PlannedCheck("background-swap", None, row).edits(stage, 0))
    held = list(Held("background-swap", None, row, (known[0].boxes,)).edits(stage, 0))
    top, left, bottom, right = CORNER
    with_tag = [place for place, one in enumerate(plain) if one.donor in MARKED]
    assert with_tag
    for place in with_tag:
        changed = (plain[place].picture != held[place].picture).any(axis=-1)
        assert changed[top:bottom, left:right].any()
        changed[top:bottom, left:right] = False
        assert not changed.any()
        own = scenes.pictures[row, top:bottom, left:right]
        assert np.array_equal(held[place].picture[top:bottom, left:right], own)


@pytest.mark.parametrize("found", [[GROUND], [TAG], [GROUND, Finding("border", 2)]])
def test_nothing_is_asked_without_both(found: list[Finding]) -> None:
    scenes, suspicions = tagged(by_corner)
    assert held_edits(found, scenes, suspicions, lambda _: pytest.fail("asked"), budget=N, seed=0) is None
