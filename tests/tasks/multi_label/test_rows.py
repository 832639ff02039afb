"""Thresholds, and which output a row is read at."""

import numpy as np
import pandas as pd

from gradcam_core.tasks.multi_label.rows import asked, limits, one_hot, threshold_name, thresholds

NAMES = ("a", "b", "absent")


def test_a_threshold_is_the_class_s_own_else_that_of_all_else_a_half() -> None:
    np.testing.assert_allclose(thresholds({}, NAMES), [0.5, 0.5])
    given = {"threshold": 0.2, threshold_name("b"): 0.9}
    np.testing.assert_allclose(thresholds(given, NAMES), [0.2, 0.9], rtol=1e-6)
    np.testing.assert_allclose(limits(given, NAMES), np.log([0.2 / 0.8, 0.9 / 0.1]), rtol=1e-6)


def test_rows_are_read_at_their_class() -> None:
    table = pd.DataFrame({"own_class": ["b", "a"]})
    np.testing.assert_array_equal(asked(table, NAMES), [1, 0])
    np.testing.assert_array_equal(one_hot(["b", "a"], NAMES), [[0, 1], [1, 0]])
