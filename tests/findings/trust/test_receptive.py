"""How much of the picture a cell listens to."""

from gradcam_core.findings.trust.case import Case
from gradcam_core.findings.trust.receptive import effective_radius
from tests.findings.trust.networks import Learned, checks


def test_cells_that_hear_the_whole_picture_are_amber(inputs):
    case = Case(Learned("wide"), inputs, "grad-cam", "classic", 0)
    assert effective_radius(case) > 1
    assert checks(Learned("wide"), inputs)["receptive-field"].value > 0.1
