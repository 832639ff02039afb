"""Operations on each number by itself: activations, and sums and products of two tensors."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradcam_core.model import backend
from gradcam_core.model.exchange.step import Step, Translate
from gradcam_core.model.exchange.values import Operand, Value, beside, vector


def _of_one(function: Callable[[Any, Step, Sequence[Operand]], Any]) -> Translate:
    def translate(step: Step, operands: Sequence[Operand]) -> Value:
        value = step.value(operands)
        return Value(function(value.tensor, step, operands[1:]), value.last)

    return translate


def _named(path: str) -> Translate:
    """TensorFlow's function of that name."""

    def function(x: Any, *_: Any) -> Any:
        found = backend.tensorflow()
        for part in path.split("."):
            found = getattr(found, part)
        return found(x)

    return _of_one(function)


def _of_two(path: str, neutral: float | None = None) -> Translate:
    """TensorFlow's function of that name; a second operand that is ``neutral`` everywhere is left out."""

    def translate(step: Step, operands: Sequence[Operand]) -> Value:
        (one, other), last = beside(operands)
        value = operands[0]
        same = isinstance(other, np.ndarray) and other.ndim <= 1 and np.all(other == neutral)
        if same and isinstance(value, Value) and len(step.shapes[0]) == value.rank:
            return value
        return Value(getattr(backend.tensorflow(), path)(one, other), last)

    return translate


def _clamp(x: Any, step: Step, _: Sequence[Operand]) -> Any:
    low, high = float(step.attributes["min"]), float(step.attributes["max"])
    tf = backend.tensorflow()
    if low == 0:
        return tf.nn.relu6(x) if high == 6 else tf.minimum(tf.nn.relu(x), np.float32(high))
    return tf.clip_by_value(x, np.float32(low), np.float32(high))


def _swish(x: Any, _: Step, rest: Sequence[Operand]) -> Any:
    beta = vector(rest[0]).astype(np.float32)[0] if rest else np.float32(1)
    return x * backend.tensorflow().sigmoid(x if beta == 1 else x * beta)


def _gelu(x: Any, step: Step, _: Sequence[Operand]) -> Any:
    tf = backend.tensorflow()
    if str(step.attributes.get("approximation_mode", "erf")).lower() == "tanh":
        return 0.5 * x * (1 + tf.tanh(np.float32(np.sqrt(2 / np.pi)) * (x + 0.044715 * x * x * x)))
    return 0.5 * x * (1 + tf.math.erf(x * np.float32(np.sqrt(0.5))))


def _hard_sigmoid(x: Any, step: Step, rest: Sequence[Operand]) -> Any:
    alpha, beta = (vector(one).astype(np.float32)[0] for one in rest[:2])
    return backend.tensorflow().clip_by_value(alpha * x + beta, 0, 1)


def _six(x: Any) -> Any:
    return backend.tensorflow().nn.relu6(x + 3) * np.float32(1 / 6)


def _elu(x: Any, step: Step, _: Sequence[Operand]) -> Any:
    tf, alpha = backend.tensorflow(), float(step.attributes.get("alpha", 1))
    return tf.nn.elu(x) if alpha == 1 else tf.where(x > 0, x, alpha * (tf.exp(tf.minimum(x, 0)) - 1))


def _selu(x: Any, _: Step, rest: Sequence[Operand]) -> Any:
    tf = backend.tensorflow()
    alpha, scale = (vector(one).astype(np.float32)[0] for one in rest[:2])
    return scale * (tf.nn.relu(x) + alpha * (tf.exp(tf.minimum(x, 0)) - 1))


def _leaky(step: Step, operands: Sequence[Operand]) -> Value:
    """PRelu, also with one slope for all: x above zero, slope times x below."""
    tf, value = backend.tensorflow(), step.value(operands)
    slope = step.constant(operands, 1)
    if slope.size == 1:
        return Value(tf.nn.leaky_relu(value.tensor, float(slope.reshape(-1)[0])), value.last)
    per_channel = slope.reshape(-1, *(1,) * (value.rank - 2)) if slope.ndim == 1 else slope
    (x, slopes), last = beside([value, per_channel])
    return Value(tf.nn.relu(x) - slopes * tf.nn.relu(-x), last)


def _converted(step: Step, operands: Sequence[Operand]) -> Value:
    """Numbers stay fractions of 32 bits: what was made whole before stays whole."""
    return step.value(operands)


OPERATIONS: dict[str, Translate] = {
    "Relu": _named("nn.relu"),
    "Sigmoid": _named("sigmoid"),
    "Tanh": _named("tanh"),
    "Exp": _named("exp"),
    "Log": _named("math.log"),
    "Sqrt": _named("sqrt"),
    "Abs": _named("abs"),
    "Negative": _named("negative"),
    "Floor": _named("floor"),
    "Ceiling": _named("math.ceil"),
    "Round": _named("round"),
    "Sign": _named("sign"),
    "Erf": _named("math.erf"),
    "Sin": _named("sin"),
    "Cos": _named("cos"),
    "SoftPlus": _named("nn.softplus"),
    "SoftSign": _named("nn.softsign"),
    "Elu": _of_one(_elu),
    "Selu": _of_one(_selu),
    "Clamp": _of_one(_clamp),
    "Swish": _of_one(_swish),
    "HSwish": _of_one(lambda x, *_: x * _six(x)),
    "HSigmoid": _of_one(lambda x, *_: _six(x)),
    "HardSigmoid": _of_one(_hard_sigmoid),
    "Mish": _of_one(lambda x, *_: x * backend.tensorflow().tanh(backend.tensorflow().nn.softplus(x))),
    "Gelu": _of_one(_gelu),
    "PRelu": _leaky,
    "Convert": _converted,
    "ConvertLike": _named("identity"),
    "Identity": _named("identity"),
    "Add": _of_two("add", 0),
    "Subtract": _of_two("subtract"),
    "Multiply": _of_two("multiply", 1),
    "Divide": _of_two("divide"),
    "Maximum": _of_two("maximum"),
    "Minimum": _of_two("minimum"),
    "Power": _of_two("pow"),
    "SquaredDifference": lambda step, operands: _squared(operands),
}


def _squared(operands: Sequence[Operand]) -> Value:
    (one, other), last = beside(operands)
    return Value(backend.tensorflow().math.squared_difference(one, other), last)
