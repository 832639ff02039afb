"""Precision and recall of objects."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.tasks.object_detection.matching import kind
from gradcam_core.tasks.object_detection.summary import per_class, sentence
from tests.tasks.object_detection.boxes import CLASSES


def table(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """(picture, label, predicted, boxes)."""
    made = pd.DataFrame(rows, columns=["picture", "label", "predicted", "boxes"])
    return made.assign(
        detection=[kind(a, b) for a, b in zip(made["label"], made["predicted"], strict=True)]
    )


def test_precision_counts_objects_and_recall_counts_boxes() -> None:
    made = table(
        ("a", "nut", "nut", "1"), ("a", "nut", "nut", "1"), ("a", "nut", "background", "2"),
        ("b", "background", "nut", ""), ("b", "bolt", "nut", "1"), ("c", "background", "background", ""),
        ("d", "bolt", "bolt", "1 2"),
    )  # fmt: skip
    whole, nut, bolt = per_class(made, CLASSES)
    assert (nut.found, nut.right, nut.boxes, nut.hit) == (4, 2, 2, 1)
    assert (nut.precision, nut.recall, nut.f1) == (0.5, 0.5, 0.5)
    assert (bolt.found, bolt.right, bolt.boxes, bolt.hit) == (1, 1, 3, 2)
    assert (whole.found, whole.boxes, whole.hit) == (5, 5, 3)
    assert nut.precision_interval == pytest.approx((0.150, 0.850), abs=1e-3)  # Wilson, 2 of 4
    assert whole.f1_interval[0] <= whole.f1 <= whole.f1_interval[1]
    said = sentence(made, {"project": {"class_names": list(CLASSES)}})
    assert said.startswith("Of 5 objects found 3 lie on a box of their class (") and "5 boxes 3" in said


def test_without_boxes_nothing_is_right_or_wrong() -> None:
    made = table(("a", "background", "nut", "")).assign(label=None, detection=None)
    whole, nut, _ = per_class(made, CLASSES)
    assert (whole.found, whole.boxes) == (0, 0) and np.isnan(nut.precision) and np.isnan(nut.f1)
    assert sentence(made, {"project": {"class_names": list(CLASSES)}}).startswith("Nothing can be called")
