"""The runner: the same numbers every time and for any subset; every kind of head; odd test sets."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.hashing import half_of
from gradcam_core.base.logits import margins
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.sampling import stratified
from gradcam_core.edits.engine.single import edit_one, write_edits
from gradcam_core.edits.engine.table import COLUMNS
from tests.edits.made import BOX, N, by_ground, by_object, draw, scenes_for, scenes_of

SWAP = ["background-swap"]
HALVES = ["discover", "confirm", "discover", "discover", "confirm", "confirm"]


def test_margin_by_hand():
    logits = np.array([[2, 0, 0], [0, 1, 5]], dtype=np.float32)
    expected = [2 - np.log(2), 1 - np.log(1 + np.exp(5))]
    assert margins(logits, np.array([0, 1])) == pytest.approx(expected)
    assert np.isnan(margins(logits, np.array([-1, -1]))).all()


def test_one_sample_alone_gives_its_rows_of_the_whole_table(tmp_path):
    scenes = scenes_for(by_ground)
    suspicion = Suspicion("fixed-marker/red/1", "fixed-marker", "red", ("s003",), {"s003": BOX})
    table = run_checks(scenes, by_ground, None, [suspicion], seed=4, only=["noise", *SWAP, "spot-removal"])
    alone = edit_one(scenes, 3, by_ground, [suspicion], seed=4, only=["noise", *SWAP, "spot-removal"])
    rows = write_edits(scenes, alone, tmp_path)
    whole = table[table["sample_id"] == "s003"].drop(columns="unusual").reset_index(drop=True)
    pd.testing.assert_frame_equal(
        pd.DataFrame(rows).drop(columns="picture").astype(whole.dtypes.to_dict()), whole
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(row["picture"] for row in rows)
    assert len(rows) == 12


def test_fewer_samples_give_the_same_numbers():
    scenes = scenes_for(by_ground)
    few, all_ = (run_checks(scenes, by_ground, None, [], budget=b, only=SWAP) for b in (10, N))
    shared = all_[all_["sample_id"].isin(few["sample_id"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(few, shared)


def test_sampling_is_even_over_labels_and_takes_the_confirmation_half_first():
    scenes = scenes_for(by_object)
    labels = np.where(np.arange(N) < 48, 0, 1)
    skewed = replace(scenes, labels=labels, logits=np.eye(2, dtype=np.float32)[labels])
    rows = stratified(skewed, np.arange(N), 12, "key", 0)
    assert np.bincount(labels[rows]).tolist() == [6, 6]
    halves = [half_of(scenes.ids[row]) for row in rows if labels[row] == 0]
    assert halves == ["confirm"] * 6
    assert len(stratified(skewed, np.arange(N), 1000, "key", 0)) == N


def test_halves_never_change_and_are_halves():
    assert [half_of(f"s{n:03d}") for n in range(6)] == HALVES
    share = np.mean([half_of(str(n)) == "confirm" for n in range(2000)])
    assert share == pytest.approx(0.5, abs=0.04)


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


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="expected 3 rows"):
        replace(scenes_for(by_object), ids=("a", "b", "c"))
