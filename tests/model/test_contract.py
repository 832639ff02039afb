"""The score that is explained."""

import numpy as np
import pytest

from gradcam_core.model.contract import target_scores

LOGITS = np.array([[1.0, -2.0, 4.0], [0.5, 3.0, -1.0]], np.float32)


def test_a_class_is_its_own_logit_and_weights_are_summed() -> None:
    assert target_scores(LOGITS, np.array([2, 0]), "softmax").tolist() == [4, 0.5]
    weights = np.array([[1, 1, 0], [0, 0, 2]], np.float32)
    assert target_scores(LOGITS, weights, "softmax").tolist() == [-1, -2]


@pytest.mark.parametrize(("activation", "expected"), [("sigmoid", [-3, 3]), ("linear", [3, 3])])
def test_one_sigmoid_unit_has_two_classes_and_one_number_has_none(activation, expected) -> None:
    one = np.array([[3.0], [3.0]], np.float32)
    assert target_scores(one, np.array([0, 1]), activation).tolist() == expected
