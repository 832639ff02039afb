"""What a network does to its input before it computes with it: which numbers it must have been given.

The part in front of the first convolution is not parsed but asked: it is run on pictures of one colour.
So it does not matter by which operations a range is changed, colours are reversed or a mean is taken off.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.pixels import IMAGENET_MEAN
from gradcam_core.base.types import ChannelOrder, Scaling
from gradcam_core.model.contract import InputReading
from gradcam_core.model.topology import Topology

Values = NDArray[np.float64]
Evaluate = Callable[[Any, Values], Values]  # tensor, one picture (H, W, C) -> the tensor for it, no batch

PIXELWISE = frozenset(
    {
        *("Placeholder", "Identity", "IdentityN", "StopGradient", "Cast", "Round", "Floor", "Neg"),
        *("BiasAdd", "Add", "AddV2", "Sub", "Mul", "RealDiv", "Div", "DivNoNan"),
        *("Maximum", "Minimum", "ClipByValue", "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxArgs"),
        *("FakeQuantWithMinMaxVarsPerChannel", "QuantizeAndDequantizeV2", "QuantizeAndDequantizeV4"),
        *(
            "StridedSlice",
            "Slice",
            "Split",
            "SplitV",
            "Unpack",
            "Pack",
            "ConcatV2",
            "GatherV2",
            "ReverseV2",
        ),
        *("Reshape", "Squeeze", "ExpandDims", "Transpose", "BroadcastTo", "Tile"),
        *("Pad", "PadV2", "MirrorPad", "ResizeBilinear", "ResizeNearestNeighbor", "ResizeArea"),
        *("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"),
    }
)
RANGES: dict[Scaling, tuple[float, float]] = {
    "0..255": (0, 255),
    "0..1": (0, 1),
    "-1..1": (-1, 1),
    "-128..127": (-128, 127),
}
INSIDE: dict[str, tuple[float, float]] = {
    **{str(name): ends for name, ends in RANGES.items()},
    "-0.5..0.5": (-0.5, 0.5),
    "-127.5..127.5": (-127.5, 127.5),
}  # what first layers are usually trained on
NEAR, CUT = 0.02, 0.15  # of a range, by which its ends may be off; quantisation keeps what it saw
FAR = 1e6  # beyond every range


@dataclass(frozen=True)
class Entry:
    """Per channel of the first layer: it is ``scale`` × input channel ``channel`` + ``offset``, and the
    input values between ``low`` and ``high`` get through (infinite where nothing is cut)."""

    channel: NDArray[np.intp]
    scale: Values
    offset: Values
    low: Values
    high: Values

    @property
    def plain(self) -> bool:
        """The first layer gets the values as they are, in whatever order of channels."""
        return np.allclose(self.scale, 1, atol=1e-4) and np.allclose(self.offset, 0, atol=1e-4)

    @property
    def zeros(self) -> Values:
        """(C,) the input value, by input channel, that becomes 0."""
        found = np.zeros(len(self.channel))
        found[self.channel] = -self.offset / self.scale
        return found


def read_entry(way: Topology, evaluate: Evaluate) -> Entry | None:
    """The entry of the network between ``way``'s ends; None where channels are mixed or cannot be told."""
    point = _before_first_layer(way)
    height, width, channels = (int(axis) for axis in way.source.shape[1:])

    def at(colour: Values | float) -> Values:
        found = evaluate(point, np.broadcast_to(np.asarray(colour), (height, width, channels)))
        return np.asarray(found[found.shape[0] // 2, found.shape[1] // 2], dtype=np.float64)

    zero = at(0)
    slopes = np.stack([_slope(at, zero, row) for row in np.eye(channels)])  # (C in, C inside)
    used = np.abs(slopes) > 1e-3 * np.abs(slopes).max(initial=0)
    if not (used.sum(axis=0) == 1).all() or slopes.shape[0] != slopes.shape[1]:
        return None
    channel = np.asarray(used.argmax(axis=0), dtype=np.intp)
    if len(set(channel)) < channels:
        return None
    scale = slopes[channel, np.arange(channels)]
    ends = np.sort([(at(end) - zero) / scale for end in (-FAR, FAR)], axis=0)
    low, high = np.where(np.abs(ends) > FAR / 10, np.copysign(np.inf, ends), ends)
    return Entry(channel, scale, zero, low, high)


def _before_first_layer(way: Topology) -> Any:
    """The last tensor that all of the input passes before anything but pixel-wise operations."""
    point = way.source
    for op in way.path[1:]:
        if op.type not in PIXELWISE:
            break
        if op in way.bottlenecks and op.outputs[0].shape.rank == 4:
            point = op.outputs[0]
    return point


def _slope(at: Callable[[Any], Values], zero: Values, one: Values) -> Values:
    """Per channel inside, what one unit of an input channel adds; far apart where nothing is cut, because
    half precision would round a small step."""
    near, far = at(one) - zero, (at(255 * one) - zero) / 255
    return np.where(np.abs(far - near) <= 0.2 * np.abs(near), far, near)


def whole_numbers(way: Topology) -> Literal["uint8", "int8"] | None:
    """The kind of whole numbers that the input is turned into first; None where it stays fractions."""
    for op in way.path[1:]:
        if op.type not in PIXELWISE:
            return None
        kind = op.get_attr("DstT") if op.type == "Cast" else None
        if kind is not None and kind.is_integer:
            return "int8" if kind.name == "int8" else "uint8"
    return None


def reading_of(entry: Entry | None, integers: Literal["uint8", "int8"] | None) -> InputReading:
    """What an entry says of range and channel order; nothing where it is of no usual kind."""
    if integers is not None:
        scaling: Scaling = "-128..127" if integers == "int8" else "0..255"
        return InputReading(scaling, None, f"the network takes whole numbers ({integers})")
    if entry is None:
        return InputReading()
    found = _by_limits(entry) or _by_mean(entry) or _by_range(entry)
    if found.channel_order is None and len(entry.channel) == 3 and entry.channel[0] == 2:
        why = "; ".join(filter(None, (found.why, "it turns RGB into BGR itself")))
        return InputReading(found.scaling, "rgb", why)
    return found


def _by_limits(entry: Entry) -> InputReading | None:
    """Quantisation, or a cut: the range that gets through."""
    low, high = entry.low.max(), entry.high.min()
    if not np.isfinite([low, high]).all():
        return None
    off = {
        name: max(abs(low - ends[0]), abs(high - ends[1])) / (ends[1] - ends[0])
        for name, ends in RANGES.items()
    }
    best = min(off, key=off.__getitem__)
    why = f"the network lets values from {low:.4g} to {high:.4g} through"
    return InputReading(best, None, why) if off[best] <= CUT else None


def _by_mean(entry: Entry) -> InputReading | None:
    """ImageNet's mean of each colour is taken off: that tells the range and the order of the colours."""
    orders: dict[ChannelOrder, Values] = {
        "rgb": IMAGENET_MEAN.astype(np.float64),
        "bgr": IMAGENET_MEAN[::-1].astype(np.float64),
    }
    if len(entry.channel) != 3:
        return None
    for order, mean in orders.items():
        for scaling in ("0..255", "0..1", "-1..1"):
            low, high = RANGES[scaling]
            if np.allclose(entry.zeros, low + mean * (high - low), atol=0.005 * (high - low)):
                why = f"the network takes off ImageNet's mean of each colour, {order.upper()} in {scaling}"
                return InputReading(scaling, order, why)
    return None


def _by_range(entry: Entry) -> InputReading:
    """One of the usual ranges becomes another one."""
    if entry.plain:
        return InputReading()
    for scaling, (low, high) in RANGES.items():
        for inside, ends in INSIDE.items():
            made = np.stack([entry.scale * low + entry.offset, entry.scale * high + entry.offset])
            off = np.abs(made - np.array(ends)[:, None]).max() / (ends[1] - ends[0])
            if off <= NEAR:
                return InputReading(scaling, None, f"the network turns {scaling} into {inside} itself")
    return InputReading()
