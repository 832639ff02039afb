"""Normalisations and the functions that make probabilities."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Operand, Value, channels_last, vector


def _batch(step: Step, operands: Sequence[Operand]) -> Value:
    """Batch normalisation with the mean and variance that training kept."""
    value, kept = step.value(operands), operands[1:]
    gamma, beta, mean, variance = (vector(one).astype(np.float32) for one in kept)
    epsilon = float(step.attributes["epsilon"])
    x = channels_last(value)
    if value.rank == 4 and epsilon >= 1e-5:  # TensorFlow's fused kernel takes no smaller one
        found = backend.tensorflow().compat.v1.nn.fused_batch_norm(
            x, gamma, beta, mean, variance, epsilon=epsilon, is_training=False
        )[0]
        return Value(found, last=True)
    scale = gamma / np.sqrt(variance + epsilon)
    return Value(x * scale + (beta - mean * scale), last=True)


def _own(step: Step, operands: Sequence[Operand]) -> Value:
    """Minus the mean, by the deviation, of the picture's own numbers (layer and instance normalisation)."""
    tf, value = backend.tensorflow(), step.value(operands)
    axes = sorted(value.axis(axis) for axis in step.numbers(operands, 1))
    x, epsilon = value.tensor, np.float32(step.attributes.get("eps", 1e-6))
    centred = x - tf.reduce_mean(x, axes, keepdims=True)
    if not step.attributes.get("normalize_variance", True):
        return Value(centred, value.last)
    variance = tf.reduce_mean(tf.square(centred), axes, keepdims=True)
    if str(step.attributes.get("eps_mode", "inside_sqrt")).lower() == "inside_sqrt":
        return Value(centred * tf.math.rsqrt(variance + epsilon), value.last)
    return Value(centred / (tf.sqrt(variance) + epsilon), value.last)


def _length(step: Step, operands: Sequence[Operand]) -> Value:
    """Divided by the length along some axes."""
    tf, value = backend.tensorflow(), step.value(operands)
    axes = sorted(value.axis(axis) for axis in step.numbers(operands, 1))
    total, epsilon = tf.reduce_sum(tf.square(value.tensor), axes, keepdims=True), step.attributes["eps"]
    larger = str(step.attributes.get("eps_mode", "add")) == "max"
    inside = tf.maximum(total, np.float32(epsilon)) if larger else total + np.float32(epsilon)
    return Value(value.tensor * tf.math.rsqrt(inside), value.last)


def _neighbours(step: Step, operands: Sequence[Operand]) -> Value:
    """Local response normalisation over neighbouring channels."""
    value = step.value(operands)
    if step.numbers(operands, 1) != [1]:
        raise step.refused("normalised over other axes than the channels")
    size = int(step.attributes["size"])
    alpha, beta, bias = (float(step.attributes[name]) for name in ("alpha", "beta", "bias"))
    x = channels_last(value)
    return Value(backend.tensorflow().nn.lrn(x, size // 2, bias, alpha / size, beta), last=True)


def _share(name: str) -> Translate:
    def translate(step: Step, operands: Sequence[Operand]) -> Value:
        value = step.value(operands)
        function: Any = getattr(backend.tensorflow().nn, name)
        return Value(function(value.tensor, axis=value.axis(int(step.attributes["axis"]))), value.last)

    return translate


OPERATIONS: dict[str, Translate] = {
    "BatchNormInference": _batch,
    "MVN": _own,
    "NormalizeL2": _length,
    "LRN": _neighbours,
    "Softmax": _share("softmax"),
    "LogSoftmax": _share("log_softmax"),
}
