"""Numbers rounded to the steps that a quantised network computes with.

Gradients pass through the rounding as if it were not there and stop outside its range, as in training
(Jacob et al., "Quantization and Training of Neural Networks", CVPR 2018).
"""

from collections.abc import Sequence
from math import log2
from typing import Any

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Constant, Operand, Value, channels_last


def rounded(x: Any, low: Constant, high: Constant, levels: int) -> Any:
    """``x`` (N, ..., C) cut to ``low``..``high`` and rounded to ``levels`` steps; ends (1,) or (C,)."""
    quantise = backend.tensorflow().quantization
    bits, narrow = round(log2(levels + levels % 2)), bool(levels % 2)
    if low.size == 1:
        return quantise.fake_quant_with_min_max_vars(x, low[0], high[0], bits, narrow)
    return quantise.fake_quant_with_min_max_vars_per_channel(x, low, high, bits, narrow)


def _quantised(step: Step, operands: Sequence[Operand]) -> Value:
    value, levels = step.value(operands), int(step.attributes["levels"])
    ends = [step.constant(operands, place).astype(np.float32) for place in range(1, 5)]
    if not 2 <= log2(levels + levels % 2) <= 16 or log2(levels + levels % 2) % 1:
        raise step.refused(f"{levels} steps")
    per_channel = any(end.size > 1 for end in ends)
    if per_channel and any(end.size not in (1, value.tensor.shape[value.axis(1)]) for end in ends):
        raise step.refused("quantised by something else than channels")
    x = channels_last(value) if per_channel and value.rank > 2 else value.tensor
    size = max(end.size for end in ends)
    low, high, to_low, to_high = (np.broadcast_to(end.reshape(-1), size) for end in ends)
    found = rounded(x, low, high, levels)
    if not (np.array_equal(low, to_low) and np.array_equal(high, to_high)):
        scale = (to_high - to_low) / (high - low)
        found = found * _plain(scale) + _plain(to_low - low * scale)
    return Value(found, value.last or (per_channel and value.rank > 2))


def _plain(constant: Constant) -> Any:
    return constant[0] if constant.size == 1 else constant


OPERATIONS: dict[str, Translate] = {"FakeQuantize": _quantised}
