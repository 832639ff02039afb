"""Visual anomaly: scores of a mixture worked by hand, who is normal, thresholds, columns."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks import TASKS, Answers
from gradcam_core.tasks.visual_anomaly.learning import USED
from tests.tasks.visual_anomaly.made import project

TASK = TASKS["visual-anomaly"]


def test_columns_by_hand() -> None:
    mine = Project("p", Path("."), ("good", "bad"), (), None, thresholds={USED: 3.0})
    labels = ("good", "bad", "good", None, "bad")
    samples = [Sample(str(row), "x", label) for row, label in enumerate(labels)]
    logits = np.array([[-1], [0], [2], [5], [np.nan]], np.float32)
    out = TASK.columns(Answers(mine, samples, logits, "sigmoid", np.ones(5, np.intp)))
    assert out["predicted"] == ["good", "bad", "bad", "bad", None]
    assert out["explained"] == ["bad", "bad", "bad", "bad", None]
    assert out["correct"] == [True, True, False, None, None]
    assert out["outcome"] == ["correct", "correct", "incorrect", "unlabelled", "unreadable"]
    np.testing.assert_array_equal(out["anomaly_score"], [2, 3, 5, 8, np.nan])
    assert np.isnan(out["confidence"]).all()


def test_only_the_anomaly_can_be_explained() -> None:
    mine = project(("good", "bad"), [])
    assert TASK.targets(mine, mine.samples, "bad") is None
    with pytest.raises(AuditError, match="predicted, true, bad"):
        TASK.targets(mine, mine.samples, "good")
