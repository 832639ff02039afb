"""Maps under random weights."""

import numpy as np
import pytest

from gradcam_core.findings.trust import Randomisable, run_trust
from gradcam_core.findings.trust.agreement import cosines
from gradcam_core.findings.trust.randomisation import rank_correlations
from tests.findings.trust.networks import Blocks, Learned


def test_maps_that_survive_random_weights_are_red(inputs):
    report = run_trust(Learned("same"), inputs)
    assert report.checks[0].value == pytest.approx(1.0)
    assert report.checks[0].verdict == "red"
    assert report.verdict == "red"
    assert not report.trusted


def test_weights_that_cannot_be_replaced_are_said_to_be_unmeasured(inputs):
    plain = Blocks()
    assert not isinstance(plain, Randomisable)
    report = run_trust(plain, inputs)
    assert report.checks[0].value is None
    assert report.checks[0].verdict == "amber"
    assert report.trusted
    assert report.untrained is None


def test_correlations_by_hand():
    rising = np.float32([[[1, 2], [3, 4]]])
    assert rank_correlations(rising, rising**2).tolist() == pytest.approx([1.0])
    assert rank_correlations(rising, -rising).tolist() == pytest.approx([-1.0])
    assert np.isnan(rank_correlations(rising, np.ones_like(rising))).all()
    assert cosines(rising, 3 * rising).tolist() == pytest.approx([1.0])
    assert np.isnan(cosines(rising, np.zeros_like(rising))).all()
