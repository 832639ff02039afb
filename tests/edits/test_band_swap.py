"""The margins of a picture from another class: only where no region is known."""

from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.base.types import Floats, Picture
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes

N, SIDE = 80, 40


def scenes(source: str = "none") -> Scenes:
    """Grey pictures; class 1 has bright margins; no regions."""
    labels = np.arange(N) % 2
    pictures = np.full((N, SIDE, SIDE, 3), 100, np.uint8)
    pictures[labels == 1] = 200
    pictures[:, 10:-10, 10:-10] = 60 + 120 * (np.arange(N) // 2 % 2)[:, None, None, None]
    return Scenes(
        ids=tuple(f"s{row}" for row in range(N)),
        pictures=pictures,
        cover=np.full((N, 1, 1), np.nan, np.float32),
        region_source=(source,) * N,
        labels=labels,
        class_names=("dark", "bright"),
        logits=margin_model(pictures),
        activation="softmax",
    )


def margin_model(pictures: Picture) -> Floats:
    """Looks at the outer three pixels."""
    light = pictures[:, :3].mean(axis=(1, 2, 3)) - 150
    return np.stack([-light, light], axis=1).astype(np.float32)


def middle_model(pictures: Picture) -> Floats:
    """Looks at the middle."""
    light = pictures[:, 15:25, 15:25].mean(axis=(1, 2, 3)) - 120
    return np.stack([-light, light], axis=1).astype(np.float32)


@pytest.mark.parametrize("fewer", ["narrow", "wide"])
def test_a_model_of_the_margins_follows_them_and_one_of_the_middle_does_not(fewer: str) -> None:
    table = run_checks(scenes(), margin_model, None, (), only=["band-swap"])
    rate = table[table["filler"] == fewer].groupby("arm")["flipped"].mean()
    assert (rate["edit"], rate["control"]) == (1.0, 0.0)
    middle = replace(scenes(), logits=middle_model(scenes().pictures))
    assert not run_checks(middle, middle_model, None, (), only=["band-swap"])["flipped"].any()


@pytest.mark.parametrize("source", ["mask", "box", "drawn"])
def test_where_regions_are_known_the_margins_stay(source: str) -> None:
    assert run_checks(scenes(source), margin_model, None, (), only=["band-swap"]).empty


def test_donors_are_of_another_class_for_the_edit_and_of_the_same_for_the_control() -> None:
    table = run_checks(scenes("estimated"), margin_model, None, (), only=["band-swap"])
    same = table["donor_label"] == table["predicted_before"]
    assert (same == (table["arm"] == "control")).all()
    assert (table["donor_id"] != table["sample_id"]).all()
