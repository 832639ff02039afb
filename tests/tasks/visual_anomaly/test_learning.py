"""The threshold between normal and not."""

from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Project
from gradcam_core.tasks.visual_anomaly.learning import USED, Learned, with_threshold

NONE = np.zeros(0)


def used(known: dict[str, float], own: bool, held_out: np.ndarray = NONE) -> tuple[float, str]:
    mine = Project("p", Path("."), ("good", "anomaly"), (), None, thresholds=known)
    found = with_threshold(mine, Learned({}, held_out, ()), own)
    return found.thresholds[USED], " ".join(f"{one.origin} {one.warning}" for one in found.facts)


def test_thresholds_given_read_and_guessed() -> None:
    scores = np.arange(101.0)
    assert used({"threshold": 7.0, "min_anomaly_score": 3.0}, True)[0] == 7
    assert used({"min_anomaly_score": 3.0}, True) == (3, "read ")
    assert used({}, False, scores) == (99, "guessed ")
    value, said = used({"min_anomaly_score": 3.0}, False, scores)
    assert value == 99
    assert "not exported" in said and "--threshold 3" in said
    with pytest.raises(ProjectError, match="--threshold"):
        used({}, True)
