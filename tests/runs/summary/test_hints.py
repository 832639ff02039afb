"""What the heat alone says about the classes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.summary import headline
from tests.runs.summary.tables import table_of

MANIFEST: dict[str, Any] = {"maps": {"classic": {"grid": [7, 5]}}}


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


def test_two_heaps_are_told_as_two() -> None:
    table = table_of(["a"] * 60, ["a"] * 60, [0.98, 1.0, 1.02] * 14 + [1.9] * 18)
    said = "Focus on “a” falls into two heaps: 42 samples about 1.00 and 18 about 1.90"
    assert said in str(headline(table, MANIFEST))


@pytest.mark.parametrize(("share", "said"), [(0.88, True), (0.6, False)])
def test_left_of_uniform_is_not_on_the_object(share: float, said: bool) -> None:
    table = two_classes(0.8, 0.8, 30).assign(background_focus=share, chance_focus=0.99, floor_focus=0.3)
    words = "88 % of the heat lies outside the object (a uniform map: 99 %)"
    assert (words in str(headline(table, MANIFEST))) is said


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
