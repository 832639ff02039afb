"""The test set that edits work on."""

from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.edits.engine.scenes import OwnClasses, Scenes
from tests.edits.made import by_object, scenes_for


def test_rows_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="expected 3 rows"):
        replace(scenes_for(by_object), ids=("a", "b", "c"))


def of_two_classes() -> Scenes:
    """Two pictures, three rows: both classes of the first, the first class of the second, not there."""
    outputs = np.array([[2, 3], [2, 3], [-4, -5]], np.float32)
    own = OwnClasses(np.array([0, 1, 0]), outputs, np.array([0, 1], np.float32), ("p", "p", "q"))
    plain = scenes_for(by_object)
    return replace(
        plain,
        ids=plain.ids[:3],
        pictures=plain.pictures[:3],
        cover=plain.cover[:3],
        region_source=plain.region_source[:3],
        embeddings=None,
        labels=np.array([0, 1, 2]),
        class_names=("a", "b", "absent"),
        logits=own.read(outputs, np.arange(3)),
        activation="softmax",
        own_classes=own,
    )


def test_a_row_says_its_own_class_or_that_it_is_absent():
    scenes = of_two_classes()
    assert scenes.predicted.tolist() == [0, 1, 2]
    np.testing.assert_allclose(scenes.logits[:, -1], 0)
    np.testing.assert_allclose([scenes.logits[0, 0], scenes.logits[1, 1]], [2, 2])  # above the threshold
    assert scenes.pictured.tolist() == [0, 0, 1]
    assert scenes.holding(1).tolist() == [True, True, False]
    assert (scenes.nothing, scenes.goal(1)) == (2, 2)


def test_what_is_pasted_in_is_read_for_its_class():
    scenes, rows = of_two_classes(), np.array([2])
    before = scenes.before(rows, np.array([1]))
    assert before[0, 1] == pytest.approx(-6) and before.argmax() == 2
    after = scenes.read(np.array([[-4, 9]], np.float32), rows, np.array([1]))
    assert after.argmax() == 1
    own = scenes.read(np.array([[-4, 9]], np.float32), rows, np.array([2]))
    assert own.argmax() == 2, "absence is no class to be read for"
