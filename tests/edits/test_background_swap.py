"""The swap flips a model that reads the background, both ways, and leaves one that reads the object."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.table import COLUMNS
from tests.edits.made import by_ground, by_object, draw, scenes_for


def rates(table: pd.DataFrame) -> pd.DataFrame:
    return table.pivot_table(index="filler", columns="arm", values="flipped", aggfunc="mean")


@pytest.mark.parametrize(("predict", "expected"), [(by_ground, 1.0), (by_object, 0.0)])
def test_difference_is_the_reliance(predict, expected):
    table = run_checks(scenes_for(predict), predict, None, [], only=["background-swap"])
    seen = rates(table)
    assert sorted(seen.index) == ["swap", "swap-tiles"]
    assert (seen["edit"] - seen["control"]).tolist() == pytest.approx([expected] * 2, abs=0.05)
    assert seen["control"].max() <= 0.05


def test_nothing_to_do_without_regions_or_without_a_second_class():
    scenes = scenes_for(by_ground)
    bare = {**vars(scenes), "cover": np.full_like(scenes.cover, np.nan)}
    bare = {k: v for k, v in bare.items() if k in scenes.__dataclass_fields__}
    empty = run_checks(type(scenes)(**bare), by_ground, None, [], only=["background-swap"])
    assert len(empty) == 0
    assert tuple(empty.columns) == COLUMNS


def test_what_is_lent_of_a_class_is_what_the_model_takes_for_it():
    """Every fourth picture of a class stands on the other's background; by label it would lend that one."""
    pictures, cover, labels = draw()
    odd = np.arange(len(labels)) % 8 >= 6
    level = np.where(labels == 1, -70, 70)[odd, None, None, None]
    ground = pictures[odd].astype(int) + level * (cover[odd] == 0)[..., None]
    pictures[odd] = np.clip(ground, 0, 255).astype(np.uint8)
    scenes = replace(scenes_for(by_ground), pictures=pictures, logits=by_ground(pictures))
    seen = rates(run_checks(scenes, by_ground, None, [], only=["background-swap"]))
    assert seen["control"].max() <= 0.05 and seen["edit"].min() >= 0.95
