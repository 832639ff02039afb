"""Numbers as answers: targets, thirds, tolerance and columns, worked by hand."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gradcam_core.auditing.manifest import sort_column
from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.base.intervals import mean_interval
from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks import TASKS, Answers
from gradcam_core.tasks.regression import (
    allowed_error,
    band_names,
    fitted_numbers,
    in_bands,
    number_columns,
    number_targets,
    sentence,
)
from gradcam_core.tasks.regression.summary import misses

NAN = np.nan
LINEAR: Any = SimpleNamespace(outputs=1, activation="linear")


def project(labels: list[str | None], **changes: Any) -> Project:
    samples = tuple(Sample(str(row), f"{row}.png", label) for row, label in enumerate(labels))
    return Project("p", Path("."), ("0", "1"), samples, None, task="regression", **changes)


def test_labels_become_targets_and_thirds() -> None:
    found = fitted_numbers(project(["0", "1.5", "-3", " 6 ", None, "rust", "nan"]), LINEAR)
    assert [one.target for one in found.samples] == [0, 1.5, -3, 6, None, None, None]
    # thirds of -3, 0, 1.5, 6: quantiles at 0 and 1.5
    names = ["middle, 0 to 1.5", "high, from 1.5", "low, below 0", "high, from 1.5", None, None, None]
    assert [one.label for one in found.samples] == names
    assert found.class_names == ()
    assert found.label_notes == {
        "5": "no target: the label 'rust' is no number",
        "6": "no target: the label 'nan' is no number",
    }
    fact = next(one for one in found.facts if one.name == "targets")
    assert fact.value == "-3 to 6, 4 samples"
    assert fact.why == "grouped by thirds: low, below 0; middle, 0 to 1.5; high, from 1.5"
    assert fact.warning == "2 labels are no number; 1 samples without a label"


def test_decimals_with_a_comma_are_told_how_to_be_written() -> None:
    found = fitted_numbers(project(["0,5", "1.5"]), LINEAR)
    assert found.label_notes == {
        "0": "no target: the label '0,5' is no number; write decimals with a point"
    }


def with_columns(labels: list[str | None], **columns: list[Any]) -> Project:
    given = project(labels)
    rows = [{name: values[row] for name, values in columns.items()} for row in range(len(labels))]
    samples = tuple(replace(one, metadata=row) for one, row in zip(given.samples, rows, strict=True))
    return replace(given, samples=samples)


def test_a_column_of_numbers_takes_the_place_of_labels_that_are_none() -> None:
    found = fitted_numbers(
        with_columns(["rust", None, "paint"], Value=["x", 2, None], Target=["1.5", 2, ""]), LINEAR
    )
    assert [one.target for one in found.samples] == [1.5, 2, None]
    assert [one.metadata.get("label") for one in found.samples] == ["rust", None, "paint"]
    assert not found.label_notes
    fact = next(one for one in found.facts if one.name == "target column")
    assert (fact.value, fact.origin) == ("Target", "guessed")


@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["1", "rust"], {"target": [5, 6]}),
        (["a", "b"], {"target": ["x", ""]}),
        (["a", "b"], {"age": [5, 6]}),
    ],
    ids=["a label is a number", "no numbers", "no such name"],
)
def test_other_columns_stay_what_they_are(labels: list[str | None], columns: dict[str, list[Any]]) -> None:
    found = fitted_numbers(with_columns(labels, **columns), LINEAR)
    assert [one.target for one in found.samples] == [1 if labels[0] == "1" else None, None]
    assert "target column" not in {one.name for one in found.facts}


def test_a_third_at_zero_is_zero() -> None:
    """The quantile of these is -2.2e-16."""
    found = fitted_numbers(project(["-3", "1.5", "2"]), LINEAR)
    assert found.samples[0].label == "low, below 0"


@pytest.mark.parametrize(
    ("targets", "bands"),
    [
        ([1, 1, 1], ["all targets"] * 3),
        ([0, 0, 0, 5], ["low, below 5"] * 3 + ["high, from 5"]),
        ([], []),
    ],
    ids=["all equal", "mostly equal", "none"],
)
def test_equal_targets_share_a_band(targets: list[float], bands: list[str]) -> None:
    samples = [Sample(str(row), "x", None, value) for row, value in enumerate(targets)]
    assert [one.label for one in in_bands(samples)] == bands


def test_band_names() -> None:
    assert band_names(np.array([3.3333, 6.6666])) == [
        "low, below 3.33",
        "middle, 3.33 to 6.67",
        "high, from 6.67",
    ]


@pytest.mark.parametrize(
    ("thresholds", "targets", "value", "origin"),
    [
        ({"tolerance": 2.5, "min_score": 0.6}, [0.0, 10.0], 2.5, "given"),
        ({"min_score": 1.6}, [0.0, 10.0], 1.6, "read"),
        ({"minConfidenceRating": 1.2}, [0.0, 10.0], 1.2, "read"),
        ({}, [-2.0, 10.0, None], 1.2, "guessed"),
        ({}, [-5.0, -5.0], 0.5, "guessed"),
        ({}, [None], 0.1, "guessed"),
    ],
)
def test_the_tolerance_and_where_it_comes_from(
    thresholds: dict[str, float], targets: list[float | None], value: float, origin: str
) -> None:
    found, fact = allowed_error(thresholds, targets)
    assert (found, fact.origin) == (pytest.approx(value), origin)
    assert ("--tolerance" in fact.warning) == (origin == "guessed")


@pytest.mark.parametrize(("outputs", "activation"), [(1, "sigmoid"), (2, "linear"), (3, "softmax")])
def test_a_model_without_one_linear_output_is_refused(outputs: int, activation: str) -> None:
    info: Any = SimpleNamespace(outputs=outputs, activation=activation)
    with pytest.raises(ModelError, match="one linear output"):
        fitted_numbers(project(["1", "2"]), info)


def answers(targets: Any) -> Answers:
    samples = [
        Sample("a", "a", "low", 2.5),
        Sample("b", "b", "low", 2.0),
        Sample("c", "c"),
        Sample("d", "d", "high", 9.0),
    ]
    about = Project(
        "p", Path("."), (), tuple(samples), None, task="regression", thresholds={"tolerance": 0.5}
    )
    outputs = np.array([[2.25], [2.75], [7.0], [NAN]], np.float32)
    return Answers(about, samples, outputs, "linear", targets)


def test_columns() -> None:
    out = number_columns(answers(np.zeros(4, np.intp)))
    np.testing.assert_equal(out["target"], [2.5, 2.0, NAN, 9.0])
    np.testing.assert_equal(out["output"], [2.25, 2.75, 7.0, NAN])
    np.testing.assert_equal(out["error"], [-0.25, 0.75, NAN, NAN])
    np.testing.assert_equal(out["absolute_error"], [0.25, 0.75, NAN, NAN])
    assert out["correct"] == [True, False, None, None]
    assert out["outcome"] == ["correct", "incorrect", "unlabelled", "unreadable"]
    assert out["predicted"] == ["output", "output", "output", None] == out["explained"]
    assert np.isnan(out["confidence"]).all() and np.isnan(out["margin"]).all()


def test_what_lowers_the_output_is_said_to_be_that() -> None:
    weights = number_targets(project([]), [Sample("a", "a")] * 2, "lower")
    assert weights is not None and weights.tolist() == [[-1], [-1]]
    assert number_columns(answers(np.full((4, 1), -1, np.float32)))["explained"][0] == "output, lowered"


@pytest.mark.parametrize("explain", ["predicted", "true", "output"])
def test_by_default_what_raises_the_output_is_explained(explain: str) -> None:
    assert number_targets(project([]), [], explain) is None


def test_a_class_cannot_be_explained() -> None:
    with pytest.raises(AuditError, match="what lowers it"):
        number_targets(project([]), [], "cat")


def table(errors: list[float], tolerance: float = 1) -> pd.DataFrame:
    values = np.array(errors, dtype=np.float64)
    known = ~np.isnan(values)
    correct = pd.array(
        [abs(v) <= tolerance if k else pd.NA for v, k in zip(values, known, strict=True)], "boolean"
    )
    return pd.DataFrame({"error": values, "target": np.where(known, 1.0, NAN), "correct": correct})


def test_misses_by_hand() -> None:
    found = misses(table([0.5, -1.5, 1.0, NAN]))
    assert (found.mean, found.bias, found.within, found.n, found.unlabelled) == (1.0, 0.0, 2, 3, 1)
    assert np.isnan(found.low), "three samples have no interval"


def test_the_interval_of_the_mean() -> None:
    values = np.random.default_rng(1).exponential(2, 400)
    low, high = mean_interval(values)
    half = 1.96 * values.std(ddof=1) / 20
    assert (low, high) == (
        pytest.approx(values.mean() - half, abs=0.05),
        pytest.approx(values.mean() + half, abs=0.05),
    )
    many = np.tile(values, 3)
    low, high = mean_interval(many)
    assert high - low == pytest.approx(2 * 1.96 * many.std(ddof=1) / np.sqrt(1200), rel=0.01)


def test_the_sentence() -> None:
    manifest = {"project": {"thresholds": {"tolerance": 1.0}}}
    said = sentence(table([0.5, -1.5, 1.0, NAN]), manifest)
    assert said == (
        "Mean absolute error 1 (n 3); 2 of 3 answers (67 %) lie within 1 of the target. "
        "1 samples without a target are not in it."
    )
    assert "unknown" in sentence(table([NAN]), manifest)


def test_it_is_offered() -> None:
    assert TASKS["regression"].numbers and not TASKS["regression"].classes


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"normalized_background_focus": [NAN], "absolute_error": [2.0], "confidence": [NAN]},
            "absolute_error",
        ),
        ({"anomaly_score": [2.0], "confidence": [NAN]}, "anomaly_score"),
        ({"normalized_background_focus": [1.0], "absolute_error": [2.0]}, "normalized_background_focus"),
        ({"absolute_error": [NAN], "confidence": [NAN]}, "confidence"),
    ],
)
def test_without_regions_a_run_is_sorted_by_what_its_answers_have(columns: dict, expected: str) -> None:
    assert sort_column(pd.DataFrame(columns)) == expected
