"""What a head's logits mean: classes, probabilities, margins."""

import numpy as np
import pytest

from gradcam_core.base.logits import (
    as_classes,
    cell_probabilities,
    confidences,
    margins,
    predicted_class,
    probabilities,
)

NAN = float("nan")


def test_margin_is_log_odds_against_all_others() -> None:
    logits = np.log(np.array([[2, 3, 5], [2, 3, 5], [2, 3, 5]], np.float32))
    found = margins(logits, np.array([2, 0, -1]))
    assert found == pytest.approx([0, np.log(2 / 8), NAN], abs=1e-6, nan_ok=True)
    assert found.dtype == np.float64


def test_a_margin_does_not_saturate_and_one_class_has_no_other() -> None:
    assert margins(np.array([[60, 0]], np.float32), np.array([0]))[0] == pytest.approx(60)
    assert margins(np.array([[3.0]]), np.array([0]))[0] == np.inf


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_one_sigmoid_unit_is_two_classes(kind: type) -> None:
    logits = np.array([[1.5], [-1.5], [0]], kind)
    wide = as_classes(logits, "sigmoid")
    assert wide.tolist() == [[0, 1.5], [0, -1.5], [0, 0]] and wide.dtype == kind
    assert predicted_class(logits, "sigmoid").tolist() == [1, 0, 0]
    assert as_classes(logits, "linear") is logits


@pytest.mark.parametrize(
    ("logits", "activation", "expected"),
    [
        ([0.0, np.log(3)], "softmax", [0.25, 0.75]),
        ([1000.0, 1000.0], "softmax", [0.5, 0.5]),
        ([np.log(3)], "sigmoid", [0.25, 0.75]),
        ([0.0, np.log(3)], "sigmoid", [0.5, 0.75]),
        ([4.2, 1.0], "linear", [NAN, NAN]),
    ],
)
def test_probabilities_are_those_of_the_head(
    logits: list[float], activation: str, expected: list[float]
) -> None:
    found = probabilities(np.array([logits], np.float32), activation)
    assert found[0] == pytest.approx(expected, nan_ok=True, rel=1e-6)
    assert found.dtype == np.float64


def test_confidence_compares_all_classes_whatever_the_head() -> None:
    logits = np.array([[0, np.log(3)], [0, np.log(3)]], np.float32)
    assert confidences(logits, np.array([1, 0])) == pytest.approx([0.75, 0.25])


def test_margin_by_hand():
    logits = np.array([[2, 0, 0], [0, 1, 5]], dtype=np.float32)
    expected = [2 - np.log(2), 1 - np.log(1 + np.exp(5))]
    assert margins(logits, np.array([0, 1])) == pytest.approx(expected)
    assert np.isnan(margins(logits, np.array([-1, -1]))).all()


def test_probabilities_of_each_kind_of_head() -> None:
    logits = np.array([[0, np.log(3), 0, 0]], np.float32)  # two cells of two channels
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "softmax")[0, 0, 0], [0.25, 0.75])
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "linear")[0, 0, 1], [0.5, 0.5])
    np.testing.assert_allclose(cell_probabilities(logits, (1, 2), "sigmoid")[0, 0, 0], [0.5, 0.75])
