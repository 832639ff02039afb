"""Columns of a classifier, worked by hand."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks import TASKS, Answers
from gradcam_core.tasks.classification import class_columns, class_targets

NAN = np.nan
PROJECT = Project("p", Path("."), ("cat", "dog"), (), None)


def columns(logits: list, activation: str, labels: list, explained: list, **thresholds: float) -> dict:
    project = Project("p", Path("."), ("cat", "dog"), (), None, thresholds=thresholds)
    samples = [Sample(str(row), f"{row}.png", label) for row, label in enumerate(labels)]
    array = np.array(logits, np.float32)
    return class_columns(Answers(project, samples, array, activation, np.array(explained)))  # type: ignore[arg-type]


def test_softmax_head() -> None:
    out = columns([[np.log(3), 0], [0, 1], [NAN, NAN]], "softmax", ["cat", None, "dog"], [0, 1, 0])
    assert out["predicted"] == ["cat", "dog", None]
    assert out["explained"] == ["cat", "dog", None]
    assert out["correct"] == [True, None, None]
    np.testing.assert_allclose(out["confidence"], [0.75, np.e / (1 + np.e), NAN], rtol=1e-6)
    np.testing.assert_allclose(out["margin"], [np.log(3), 1, NAN], rtol=1e-6)


def test_one_sigmoid_unit_has_two_classes() -> None:
    out = columns([[np.log(3)], [-np.log(9)]], "sigmoid", ["cat", "cat"], [1, 0])
    assert out["predicted"] == ["dog", "cat"]
    assert out["correct"] == [False, True]
    np.testing.assert_allclose(out["confidence"], [0.75, 0.9], rtol=1e-6)
    np.testing.assert_allclose(out["margin"], [np.log(3), np.log(9)], rtol=1e-6)


def test_a_very_confident_sample_keeps_a_finite_margin() -> None:
    out = columns([[60, 0]], "softmax", ["cat"], [0])
    assert out["confidence"][0] == 1
    assert out["margin"][0] == pytest.approx(60)


def test_an_answer_below_the_blocks_threshold_is_uncertain_and_keeps_its_correctness() -> None:
    logits = [[0.5, 0], [2, 0], [0, 2], [2, 0], [NAN, NAN]]
    out = columns(logits, "softmax", ["cat", "cat", "cat", None, "dog"], [0] * 5, minConfidenceRating=0.8)
    assert out["outcome"] == ["uncertain", "correct", "incorrect", "unlabelled", "unreadable"]
    assert out["correct"] == [True, True, False, None, None]


def test_an_answer_exactly_at_the_threshold_counts() -> None:
    at_half = columns([[0, 0], [-0.01, 0]], "softmax", ["cat", "dog"], [0, 1], min_score=0.5)
    assert at_half["outcome"] == ["correct", "correct"]
    assert columns([[0, 0]], "softmax", ["cat"], [0], min_score=0.501)["outcome"] == ["uncertain"]


def test_without_a_threshold_nothing_is_uncertain() -> None:
    assert columns([[0.01, 0]], "softmax", ["cat"], [0])["outcome"] == ["correct"]


@pytest.mark.parametrize(("explain", "expected"), [("predicted", None), ("true", [1, -1]), ("cat", [0, 0])])
def test_targets(explain: str, expected: list[int] | None) -> None:
    found = class_targets(PROJECT, [Sample("a", "a.png", "dog"), Sample("b", "b.png")], explain)
    assert (None if found is None else found.tolist()) == expected


def test_explaining_an_unknown_class_names_the_known_ones() -> None:
    with pytest.raises(AuditError, match="cat, dog"):
        class_targets(PROJECT, [], "cow")


def test_an_unknown_task_names_the_known_ones() -> None:
    with pytest.raises(AuditError, match="classification"):
        TASKS["telepathy"]
