"""Labels against predictions."""

from gradcam_core.runs.summary import (
    OTHERS,
    confusion,
)
from tests.runs.summary.tables import table_of


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
