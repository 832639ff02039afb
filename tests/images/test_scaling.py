"""Pixels become the numbers that the network was trained on."""

from typing import get_args

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import ChannelOrder, InputSpec, Scaling
from gradcam_core.images import from_input, to_input
from gradcam_core.images.scaling import SCALINGS
from tests.images.specs import spec_of


@pytest.mark.parametrize(
    ("scaling", "expected"),
    [
        ("0..1", [1.0, 0.4, 0.0]),
        ("-1..1", [1.0, -0.2, -1.0]),
        ("-128..127", [127.0, -26.0, -128.0]),
        ("0..255", [255.0, 102.0, 0.0]),
        ("torch", [(1 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, -0.406 / 0.225]),
        ("bgr-subtract-imagenet-mean", [-103.939, 102 - 116.779, 255 - 123.68]),
    ],
)
def test_scalings_by_hand(scaling: Scaling, expected: list[float]) -> None:
    pictures = np.array([[[[255, 102, 0]]]], np.uint8)
    values = to_input(pictures, spec_of(1, 1, scaling=scaling))
    assert values.dtype == np.float32
    assert values.ravel() == pytest.approx(expected, abs=2e-6)


def test_grey_is_not_rounded() -> None:
    pictures = np.array([[[[1, 0, 0], [10, 20, 30]]]], np.uint8)
    values = to_input(pictures, InputSpec(1, 2, 1, scaling="0..255"))
    assert values.shape == (1, 1, 2, 1)
    assert values.ravel() == pytest.approx([0.299, 18.15], abs=1e-5)


def test_unfit_scalings_are_refused() -> None:
    pictures = np.zeros((1, 1, 1, 3), np.uint8)
    with pytest.raises(ProjectError, match="3 channels"):
        to_input(pictures, InputSpec(1, 1, 1, scaling="torch"))
    with pytest.raises(ProjectError, match=r"0\.\.1, -1\.\.1"):
        to_input(pictures, InputSpec(1, 1, 1, scaling="0..2"))  # type: ignore[arg-type]


def test_channel_order_by_hand() -> None:
    pictures = np.array([[[[255, 51, 0]]]], np.uint8)
    spec = spec_of(1, 1, channel_order="bgr")
    np.testing.assert_allclose(to_input(pictures, spec).ravel(), [0, 0.2, 1])
    torch = to_input(pictures, spec_of(1, 1, scaling="torch")).ravel()
    turned = to_input(pictures, spec_of(1, 1, scaling="torch", channel_order="bgr")).ravel()
    np.testing.assert_array_equal(turned, torch[::-1])
    named = [
        to_input(pictures, spec_of(1, 1, scaling="bgr-subtract-imagenet-mean", channel_order=order))
        for order in ("rgb", "bgr")
    ]
    np.testing.assert_array_equal(*named)
    grey = [to_input(pictures, InputSpec(1, 1, 1, channel_order=order)) for order in ("rgb", "bgr")]
    np.testing.assert_array_equal(*grey)


@pytest.mark.parametrize("order", get_args(ChannelOrder))
@pytest.mark.parametrize("scaling", SCALINGS)
def test_inputs_are_drawn_back_as_the_pictures_that_they_were(
    scaling: Scaling, order: ChannelOrder
) -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (3, 4, 5, 3)).astype(np.uint8)
    spec = spec_of(4, 5, scaling=scaling, channel_order=order)
    assert np.array_equal(from_input(to_input(pictures, spec), spec), pictures)


def test_grey_inputs_are_drawn_back_as_grey() -> None:
    pictures = np.repeat(np.array([[[[0], [90]], [[200], [255]]]], np.uint8), 3, axis=3)
    spec = InputSpec(2, 2, 1, scaling="-1..1")
    assert np.array_equal(from_input(to_input(pictures, spec), spec), pictures)
