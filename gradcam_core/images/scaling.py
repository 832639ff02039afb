"""Fitted pictures -> network input: the six input scalings of Edge Impulse, RGB or grey."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Floats, InputSpec, Picture, Scaling

GREY = np.array((0.299, 0.587, 0.114), np.float32)  # ITU-R BT.601
TORCH_MEAN = np.array((0.485, 0.456, 0.406), np.float32)
TORCH_STD = np.array((0.229, 0.224, 0.225), np.float32)
BGR_MEAN = np.array((103.939, 116.779, 123.68), np.float32)

# from values 0..255 as float32 (N, H, W, C)
_SCALINGS: Mapping[Scaling, Callable[[Floats], Floats]] = {
    "0..1": lambda x: x / np.float32(255),
    "-1..1": lambda x: x * np.float32(2 / 255) - np.float32(1),
    "-128..127": lambda x: x - np.float32(128),
    "0..255": lambda x: x,
    "torch": lambda x: (x / np.float32(255) - TORCH_MEAN) / TORCH_STD,
    "bgr-subtract-imagenet-mean": lambda x: x[..., ::-1] - BGR_MEAN,
}
_COLOUR_ONLY: frozenset[Scaling] = frozenset(("torch", "bgr-subtract-imagenet-mean"))
SCALINGS: tuple[Scaling, ...] = tuple(_SCALINGS)


def to_input(pictures: NDArray[np.uint8] | Picture, spec: InputSpec) -> Floats:
    """Scale fitted pictures for the network; grey is not rounded to 8 bit on the way.

    Args:
        pictures: (N, H, W, 3) uint8 RGB.
        spec: channels (1 or 3) and scaling.

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
    return np.ascontiguousarray(_SCALINGS[spec.scaling](values), dtype=np.float32)
