"""Blurring the hottest cells first."""

import numpy as np
import pytest

from gradcam_core.findings.trust import deletion
from gradcam_core.findings.trust.case import Case
from tests.findings.trust.networks import Learned


@pytest.mark.parametrize(
    ("gains", "verdict"),
    [
        ([0.3] * 12 + [0.2], "green"),
        ([0.4, -0.4] * 8, "amber"),  # could be useful, could be none
        ([-0.3] * 12 + [-0.2], "red"),
        ([0.01, -0.02, -0.01] * 10, "red"),  # surely hardly any use
    ],
)
def test_deletion_is_red_only_where_the_maps_are_shown_to_be_useless(gains, verdict, inputs, monkeypatch):
    left = iter([*gains, *gains])
    monkeypatch.setattr(deletion, "gain", lambda case, row: next(left))
    case = Case(Learned(), np.concatenate([inputs, inputs])[: len(gains)], "grad-cam", "classic", 0)
    assert deletion.check(case).verdict == verdict
