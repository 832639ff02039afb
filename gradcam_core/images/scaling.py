"""Fitted pictures -> network input: the six input scalings of Edge Impulse; RGB, BGR or grey."""

from collections.abc import Callable, Mapping
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.pixels import IMAGENET_DEVIATION, IMAGENET_MEAN, IMAGENET_MEAN_BGR
from gradcam_core.base.types import ChannelOrder, Floats, InputSpec, Picture, Scaling

GREY = np.array((0.299, 0.587, 0.114), np.float32)  # ITU-R BT.601

# from values 0..255 as float32 (N, H, W, C)
_SCALINGS: Mapping[Scaling, Callable[[Floats], Floats]] = {
    "0..1": lambda x: x / np.float32(255),
    "-1..1": lambda x: x * np.float32(2 / 255) - np.float32(1),
    "-128..127": lambda x: x - np.float32(128),
    "0..255": lambda x: x,
    "torch": lambda x: (x / np.float32(255) - IMAGENET_MEAN) / IMAGENET_DEVIATION,
    "bgr-subtract-imagenet-mean": lambda x: x[..., ::-1] - IMAGENET_MEAN_BGR,
}
# and back; the same order of channels
_UNSCALINGS: Mapping[Scaling, Callable[[Floats], Floats]] = {
    "0..1": lambda x: x * np.float32(255),
    "-1..1": lambda x: (x + np.float32(1)) * np.float32(255 / 2),
    "-128..127": lambda x: x + np.float32(128),
    "0..255": lambda x: x,
    "torch": lambda x: (x * IMAGENET_DEVIATION + IMAGENET_MEAN) * np.float32(255),
    "bgr-subtract-imagenet-mean": lambda x: (x + IMAGENET_MEAN_BGR)[..., ::-1],
}
_COLOUR_ONLY: frozenset[Scaling] = frozenset(("torch", "bgr-subtract-imagenet-mean"))
IS_BGR: Scaling = "bgr-subtract-imagenet-mean"  # by name, whatever the channel order
SCALINGS: tuple[Scaling, ...] = tuple(_SCALINGS)


def to_input(pictures: NDArray[np.uint8] | Picture, spec: InputSpec) -> Floats:
    """(N, H, W, 3) uint8 -> (N, H, W, C) float32 as the network wants them.

    Grey is not rounded to 8 bit on the way.

    Args:
        pictures: (N, H, W, 3) uint8 RGB.
        spec: channels (1 or 3), scaling and channel order; the scaling that is BGR by name stays so.

    Returns:
        (N, H, W, C) float32, contiguous.

    Raises:
        ProjectError: an unknown scaling, or one with three channel means for a grey input.
    """
    if spec.scaling not in _SCALINGS:
        raise ProjectError(
            f"a scaling out of: {', '.join(_SCALINGS)}", repr(spec.scaling), "choose one of these"
        )
    if spec.channels == 1 and spec.scaling in _COLOUR_ONLY:
        raise ProjectError(
            f"an input with 3 channels for the scaling {spec.scaling!r}",
            "1 channel",
            "choose a scaling without a mean per colour",
        )
    values = pictures.astype(np.float32)
    if spec.channels == 1:
        values = (values @ GREY)[..., None]
    scaled = _SCALINGS[spec.scaling](values)
    if spec.channel_order == "bgr" and spec.channels == 3 and spec.scaling != IS_BGR:
        scaled = scaled[..., ::-1]
    return np.ascontiguousarray(scaled, dtype=np.float32)


def from_input(inputs: Floats, spec: InputSpec) -> Picture:
    """(N, H, W, 3) uint8 RGB, network inputs drawn back as pictures: the inverse of :func:`to_input`.

    Args:
        inputs: (N, H, W, C) float32, C = 1 or 3; grey becomes three equal channels.
        spec: as for :func:`to_input`.
    """
    if spec.channel_order == "bgr" and spec.channels == 3 and spec.scaling != IS_BGR:
        inputs = inputs[..., ::-1]
    values = np.clip(np.rint(_UNSCALINGS[spec.scaling](inputs)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.broadcast_to(values, (*values.shape[:3], 3)))


def input_options(channels: int) -> list[tuple[Scaling, ChannelOrder]]:
    """Every scaling with every channel order for an input of 1 or 3 ``channels``, likely ones first."""
    plain: tuple[Scaling, ...] = ("0..1", "-1..1", "0..255", "-128..127")
    if channels == 1:
        return [(scaling, "rgb") for scaling in plain]
    coloured = [(scaling, order) for order in get_args(ChannelOrder) for scaling in (*plain, "torch")]
    return [*coloured, (IS_BGR, "bgr")]
