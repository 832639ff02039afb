"""Only confirmed findings of region edits on boxes are asked about the size of the boxes."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.findings.box_margins import with_margins
from gradcam_core.runs.findings import EditEvidence, Finding, from_json
from tests.edits.made import N, by_ground, scenes_for

SWAP = "background-swap"


def confirmed(level: int = 3, edit: str = SWAP) -> Finding:
    one = EditEvidence(edit, "swap", "flip", 60, 1.0, 0.0, 1.0, (0.9, 1.0), 0.001, "confirm")
    return Finding(
        "background", level, statement="Said.", effect=1.0, evidence=(one,), details={"edit": edit}
    )


@pytest.fixture(scope="module")
def made() -> tuple[Scenes, pd.DataFrame]:
    scenes = replace(scenes_for(by_ground), region_source=("box",) * N)
    return scenes, run_checks(scenes, by_ground, None, [], budget=8, only=[SWAP])


def test_a_confirmed_finding_gets_a_line_and_numbers(made: tuple[Scenes, pd.DataFrame]) -> None:
    (entry,) = with_margins([confirmed()], *made, by_ground, budget=8, seed=0)
    assert [one["margin"] for one in entry.details["box_margin"]] == [-0.15, 0.0, 0.15]
    assert entry.statement.startswith("Said. Regions are boxes, which hold background too: +100 points")
    assert entry.details["edit"] == SWAP
    again = from_json(json.loads(json.dumps(entry.to_json(), allow_nan=False)))
    assert again.details["box_margin"] == entry.details["box_margin"]


def test_nothing_else_is_asked(made: tuple[Scenes, pd.DataFrame]) -> None:
    others = [confirmed(2), confirmed(edit="border-crop"), Finding("border", 0)]
    assert with_margins(others, *made, by_ground, budget=8, seed=0) == others
    masks = replace(made[0], region_source=("mask",) * N)
    assert with_margins([confirmed()], masks, made[1], by_ground, budget=8, seed=0) == [confirmed()]
