"""The answers on the Overview, on tables small enough to work out by hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.intervals import accuracy, median_interval
from gradcam_core.runs.summary import (
    OTHERS,
    confusion,
    focus_groups,
    grid_warning,
    headline,
    mean_maps,
)
from gradcam_core.runs.summary.headline import accuracy_sentence
from gradcam_core.runs.summary.limits import skipped


def table_of(
    labels: Sequence[str | None],
    predicted: Sequence[str | None],
    focus: Sequence[float],
    source: str = "mask",
) -> pd.DataFrame:
    pairs = list(zip(labels, predicted, strict=True))
    correct = [None if None in (a, b) else a == b for a, b in pairs]
    rows = len(pairs)
    values = np.asarray(focus, dtype=float)
    return pd.DataFrame(
        {
            "sample_id": [f"s{i:05d}" for i in range(rows)],
            "path": [f"{i}.png" for i in range(rows)],
            "label": pd.Series(labels, dtype=object),
            "predicted": pd.Series(predicted, dtype=object),
            "correct": pd.Series(correct, dtype=object),
            "status": ["ok" if p else "unreadable" for p in predicted],
            "reason": ["" if p else "not a picture" for p in predicted],
            "region_source": [source] * rows,
            "normalized_background_focus": values,
            "background_focus": values / 2,
            "chance_focus": np.linspace(0.5, 0.9, rows),
            "floor_focus": [0.2] * rows,
            "far_background_focus": values / 4,
            "fine_status": ["ok" if p else "unreadable" for p in predicted],
            "fine_normalized_background_focus": values + 1,
        }
    )


MANIFEST: dict[str, Any] = {"maps": {"classic": {"grid": [7, 5]}}}


def test_accuracy_leaves_out_and_counts_what_it_cannot_judge() -> None:
    table = table_of(["a", "a", "b", "b", None, "a"], ["a", "b", "b", "b", "a", None], [0] * 6)
    found = accuracy(table)
    assert (found.value, found.n, found.unlabelled, found.unpredicted) == (0.75, 4, 1, 1)
    # Wilson interval of 3 out of 4 by hand: (3 + z²/2 ± z·sqrt(3/4 + z²/4)) / (4 + z²), z = 1.96
    assert (found.low, found.high) == (pytest.approx(0.3006, abs=1e-4), pytest.approx(0.9544, abs=1e-4))


@pytest.mark.parametrize(
    ("right", "n", "said"),
    [
        (1000, 1000, "Accuracy 100 %"),
        (999, 1000, "Accuracy 99.9 %"),
        (0, 5, "Accuracy 0 %"),
        (1, 1000, "0.1 %"),
    ],
)
def test_accuracy_is_called_100_only_when_all_are_right(right: int, n: int, said: str) -> None:
    table = table_of(["a"] * n, ["a"] * right + ["b"] * (n - right), [0] * n)
    assert said in accuracy_sentence(accuracy(table))


def test_focus_groups_give_median_quartiles_n_and_undefined() -> None:
    nan = float("nan")
    table = table_of(["a"] * 5 + ["b"], ["a"] * 4 + ["b"] * 2, [0.1, 0.2, 0.3, 1.4, nan, nan])
    first, second = focus_groups(table)
    assert (first.label, first.n, first.undefined) == ("a", 4, 1)
    assert (first.median, first.q1, first.q3) == pytest.approx((0.25, 0.175, 0.575))
    assert np.isnan([first.low, first.high]).all(), "an interval below 20 samples would mislead"
    assert (second.label, second.n, second.undefined) == ("b", 0, 1)
    assert np.isnan(second.median)


def test_focus_groups_by_correct_leave_unlabelled_samples_out() -> None:
    table = table_of(["a", "a", None], ["a", "b", "a"], [0.5, 1.5, 1.9])
    groups = focus_groups(table, by_correct=True)
    assert [(g.label, g.correct, g.median) for g in groups] == [("a", False, 1.5), ("a", True, 0.5)]


def test_each_score_has_its_own_anchors() -> None:
    table = table_of(["a"] * 3, ["a"] * 3, [0.4, 0.8, 1.2])
    raw, far = focus_groups(table, "raw")[0], focus_groups(table, "far")[0]
    assert (raw.median, raw.chance, raw.floor) == pytest.approx((0.4, 0.7, 0.2))
    assert far.median == pytest.approx(0.2)
    assert np.isnan(far.chance)
    assert focus_groups(table, "normalised", "fine")[0].median == pytest.approx(1.8)


def test_median_interval_is_repeatable_and_holds_the_median() -> None:
    values = np.random.default_rng(3).normal(1, 0.2, 60)
    low, high = median_interval(values)
    assert (low, high) == median_interval(values)
    assert low < np.median(values) < high


def test_confusion_keeps_class_order_and_empty_classes() -> None:
    found = confusion(table_of(["b", "a", "a", None], ["a", "a", "a", "a"], [0] * 4), ["b", "a", "c"])
    assert found.rows == ("b", "a", "c")
    assert found.counts.tolist() == [[0, 1, 0], [0, 2, 0], [0, 0, 0]]
    assert (found.n, found.left_out, found.folded) == (3, 1, 0)


def test_confusion_of_many_classes_keeps_the_confused_ones_and_says_the_rest() -> None:
    names = [f"c{i}" for i in range(6)]
    found = confusion(table_of([*names, "c4"], [*names, "c5"], [0] * 7), names, most=3)
    assert found.rows == ("c4", "c5", OTHERS)
    assert found.counts.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 4]]
    assert found.folded == 4


def test_mean_maps_average_shares_not_heat_and_count_what_has_no_map() -> None:
    table = table_of(["a", "a", "a", "b"], ["a", "a", "a", "a"], [0] * 4)
    maps = np.array([[[2, 2]], [[0, 100]], [[np.nan, np.nan]], [[0, 0]]], dtype=np.float32)
    good, bad = mean_maps(table, maps, ["a", "b"])
    assert good.values.tolist() == [[0.5, 1.5]], "mean of (1, 1) and (0, 2), a hot picture counts once"
    assert (good.label, good.correct, good.n, good.excluded) == ("a", True, 2, 1)
    assert (bad.label, bad.correct, bad.n, bad.excluded) == ("b", False, 0, 1)
    assert np.isnan(bad.values).all()


def test_mean_maps_do_not_depend_on_the_chunks() -> None:
    table = table_of(["a", "b"] * 5, ["a"] * 10, [0] * 10)
    maps = np.random.default_rng(0).random((10, 3, 4), dtype=np.float32)
    whole = mean_maps(table, maps, ["a", "b"])
    for one, two in zip(whole, mean_maps(table, maps, ["a", "b"], chunk=3), strict=True):
        np.testing.assert_allclose(one.values, two.values)
    assert whole[0].values.mean() == pytest.approx(1)


def test_skipped_lists_reasons_unreadable_first() -> None:
    table = table_of(["a", "b", "a"], ["a", None, "a"], [0] * 3)
    table.loc[0, ["status", "reason"]] = ["empty map", "no positive evidence"]
    assert skipped(table)["status"].tolist() == ["unreadable", "empty map"]
    assert skipped(table, "fine")["reason"].tolist() == ["not a picture"]


@pytest.mark.parametrize(
    ("grids", "map_set", "said"),
    [
        ({"classic": [7, 7]}, "classic", None),
        ({"classic": [5, 5], "fine": [10, 10]}, "fine", None),
        ({"classic": [3, 3]}, "classic", "no finer map"),
        ({"classic": [7, 4]}, "classic", "(7×4)"),
        ({"classic": [3, 3], "fine": [6, 6]}, "classic", "Read the fine maps (6×6) instead"),
        ({"classic": [2, 2], "fine": [4, 4]}, "fine", "no finer than 5×5"),
    ],
)
def test_a_grid_below_five_cells_is_said(
    grids: dict[str, list[int]], map_set: Any, said: str | None
) -> None:
    found = grid_warning({"maps": {name: {"grid": grid} for name, grid in grids.items()}}, map_set)
    assert found is None if said is None else found is not None and said in found


def two_classes(dog: float, cat: float, n: int) -> pd.DataFrame:
    spread = np.tile([-0.1, 0.0, 0.1], n)[:n]
    focus = np.concatenate([dog + spread, cat + spread])
    return table_of(["dog"] * n + ["cat"] * n, ["dog"] * n + ["cat"] * n, focus)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (two_classes(1.21, 0.34, 30), "On “dog” the attention lies outside the object more than on “cat”"),
        (two_classes(1.21, 0.34, 30), "(1.21 against 0.34 on the focus ruler, n 30 / 30)"),
        (two_classes(0.75, 0.35, 30), "On no class does the heat lie outside the object more than chance"),
        (two_classes(1.5, 1.5, 30), "does not differ clearly between classes (medians 1.50 to 1.50"),
        (two_classes(1.08, 1.0, 30), "does not differ clearly between classes"),
        (two_classes(1.2, 0.3, 10), "Too few samples with an object region"),
        (table_of(["a"] * 9, ["a"] * 9, [np.nan] * 9, "none"), "No sample has an object region"),
        (table_of(["a"] * 9, ["a"] * 9, [np.nan] * 9), "undefined on every sample"),
        (table_of(["a"] * 9, ["a"] * 9, [0.4] * 9), "Median focus on “a”: 0.40"),
        (table_of([None] * 3, ["a"] * 3, [0.4] * 3), "Accuracy unknown"),
    ],
)
def test_the_headline_says_what_can_be_said(table: pd.DataFrame, said: str) -> None:
    assert said in str(headline(table, MANIFEST))


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "n 20). "), (1, " 1 labelled answer is uncertain:"), (12, " 12 labelled answers are")],
)
def test_the_headline_counts_uncertain_answers(count: int, said: str) -> None:
    table = two_classes(1.2, 0.3, 10).assign(outcome=["uncertain"] * count + ["correct"] * (20 - count))
    assert said in str(headline(table, MANIFEST))


def test_without_labels_the_classes_are_the_predicted_ones() -> None:
    table = two_classes(1.2, 0.3, 25).assign(label=None, correct=None)
    assert "On samples predicted “dog”" in str(headline(table, MANIFEST))


def test_unlabelled_samples_are_no_class_to_compare() -> None:
    table = two_classes(1.2, 0.3, 25)
    table.loc[table["label"] == "dog", ["label", "correct"]] = None
    assert "Median focus on “cat”: 0.30" in str(headline(table, MANIFEST))


def test_on_a_coarse_grid_the_headline_is_descriptive_only() -> None:
    coarse = {"maps": {"classic": {"grid": [3, 3]}}}
    assert "descriptive only" in str(headline(two_classes(1.2, 0.3, 25), coarse))


def test_of_many_equal_classes_none_is_named_by_luck() -> None:
    rng = np.random.default_rng(1)
    names = [f"c{i:02d}" for i in range(40) for _ in range(25)]
    table = table_of(names, names, rng.normal(0.8, 0.3, 1000))
    assert headline(table, MANIFEST).heat.startswith("On no class")
