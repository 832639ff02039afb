"""Two ways of writing down the same means, which differ in order and range."""

import numpy as np

from gradcam_core.base.pixels import IMAGENET_MEAN, IMAGENET_MEAN_BGR


def test_means_of_0_to_255_are_those_of_0_to_1_in_the_other_order() -> None:
    np.testing.assert_allclose(IMAGENET_MEAN[::-1] * 255, IMAGENET_MEAN_BGR, atol=0.6)
    assert not np.allclose(IMAGENET_MEAN * 255, IMAGENET_MEAN_BGR, atol=0.6)
