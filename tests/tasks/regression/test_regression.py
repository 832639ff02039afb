"""Numbers as answers: targets, thirds, tolerance and columns, worked by hand."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks import TASKS, Answers
from gradcam_core.tasks.regression import (
    allowed_error,
    band_names,
    fitted_numbers,
    in_bands,
    number_columns,
    number_targets,
)
from tests.tasks.regression.numbers import LINEAR, NAN, project


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


def test_it_is_offered() -> None:
    assert TASKS["regression"].numbers and not TASKS["regression"].classes
