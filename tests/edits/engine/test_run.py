"""The runner: the same numbers every time and for any subset; every kind of head; odd test sets."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.hashing import half_of
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.table import COLUMNS
from tests.edits.made import BOX, N, by_ground, by_object, draw, scenes_for, scenes_of

SWAP = ["background-swap"]


def test_fewer_samples_give_the_same_numbers():
    scenes = scenes_for(by_ground)
    few, all_ = (run_checks(scenes, by_ground, None, [], budget=b, only=SWAP) for b in (10, N))
    shared = all_[all_["sample_id"].isin(few["sample_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(few, shared)


def test_edits_that_only_describe_get_a_third_of_the_budget():
    table = run_checks(scenes_for(by_ground), by_ground, None, [], budget=30, only=["noise", *SWAP])
    assert table.groupby("edit")["sample_id"].nunique().to_dict() == {"background-swap": 30, "noise": 10}


def test_all_samples_of_a_patient_are_in_one_half():
    scenes = replace(scenes_for(by_ground), units=tuple(f"p{row // 4}" for row in range(N)))
    table = run_checks(scenes, by_ground, None, [], budget=N, only=SWAP)
    assert table["unit"].nunique() > 8
    assert (table.groupby("unit")["half"].nunique() == 1).all()
    assert set(table["half"]) == {"discover", "confirm"}
    assert (table["half"] == table["unit"].map(half_of)).all()


def test_one_sigmoid_unit_equals_two_classes():
    def one_unit(pictures):
        return 2 * by_ground(pictures)[:, 1:]

    two = run_checks(scenes_for(by_ground), by_ground, None, [], only=SWAP)
    one = run_checks(scenes_for(one_unit, "sigmoid"), one_unit, None, [], only=SWAP)
    pd.testing.assert_frame_equal(one, two, rtol=1e-4)


def test_regression_reports_the_output():
    def output(pictures):
        return by_ground(pictures)[:, 1:]

    scenes = replace(scenes_for(output, "linear"), class_names=(), labels=np.full(N, -1), embeddings=None)
    table = run_checks(scenes, output, None, [], only=SWAP, tolerance=1.0)
    assert table[["predicted_before", "predicted_after", "target", "label"]].isna().all(axis=None)
    assert table[["target_before", "target_after"]].isna().all(axis=None)
    before = dict(zip(scenes.ids, scenes.logits[:, 0], strict=True))
    assert table["margin_before"].tolist() == pytest.approx([before[i] for i in table["sample_id"]])
    rates = table.groupby("arm")["flipped"].mean()
    assert rates["edit"] - rates["control"] == pytest.approx(1.0, abs=0.05)
    assert not run_checks(scenes, output, None, [], only=SWAP, tolerance=1e9)["flipped"].any()
    wide = replace(scenes, tolerance=1e9)
    assert not run_checks(wide, output, None, [], only=SWAP)["flipped"].any()
    assert run_checks(wide, output, None, [], only=SWAP, tolerance=1.0)["flipped"].equals(table["flipped"])


def empty_cover():
    return {"cover": np.full_like(draw()[1], np.nan), "region_source": ("none",) * N}


ODD = {
    "no regions": empty_cover(),
    "regions everywhere": {"cover": np.ones_like(draw()[1])},
    "regions nowhere": {"cover": np.zeros_like(draw()[1])},
    "one label": {"labels": np.zeros(N, dtype=np.intp)},
    "no labels": {"labels": np.full(N, -1, dtype=np.intp)},
    "one prediction": {"logits": np.tile(np.float32([3, 0]), (N, 1))},
    "coarse regions": {"cover": draw()[1][:, ::6, ::6]},
    "boxes": {"region_source": ("box",) * N},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_test_sets_give_a_table(name):
    scenes = scenes_of(draw()[0], by_object, **ODD[name])
    mark = Suspicion("fixed-marker/red/1", "fixed-marker", None, ("s001",), {"s001": BOX})
    everything = Suspicion("watermark/red", "watermark", "red", scenes.ids)
    table = run_checks(scenes, by_object, None, [mark, everything], budget=3, box_margin=-0.15)
    assert tuple(table.columns) == COLUMNS
    arms = table.groupby(["sample_id", "edit", "suspicion", "filler"])["arm"].apply(sorted)
    assert all(pair == ["control", "edit"] for pair in arms)
    assert {"border-crop", "spot-removal"} <= set(table["edit"])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_samples(count):
    full = scenes_for(by_object)
    few = replace(
        full,
        **{name: getattr(full, name)[:count] for name in ("ids", "pictures", "cover", "region_source")},
        **{name: getattr(full, name)[:count] for name in ("labels", "logits")},
    )
    table = run_checks(few, by_object, by_object, [], seed=1)
    assert set(table["sample_id"]) == set(few.ids)
    assert not table["unusual"].any()


def test_progress_counts_to_the_end():
    seen = []
    run_checks(
        scenes_for(by_object), by_object, None, [], budget=5, only=SWAP, progress=lambda *p: seen.append(p)
    )
    assert seen == [("edits", done, 5) for done in range(1, 6)]
