"""Grad-CAM by a GradientTape over the Keras model itself, and how near another one comes to it."""

import importlib
from typing import Any

import numpy as np

from gradcam_core.base.types import Floats

SAME = 1e-3  # of the largest activation


def by_tape(model: Any, grid: tuple[int, int, int], own: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Activations and gradients (N, h, w, C) of the layer that computes the activations ``own``.

    Formats name layers in ways of their own, so the layer is found by its numbers, the last where several
    have the same.

    Raises:
        ValueError: no layer of the model computes them.
    """
    import tensorflow as tf

    keras = importlib.import_module(type(model).__module__.split(".")[0])
    model.layers[-1].activation = keras.activations.linear  # the logits, as the package explains them
    steps = [one for one in getattr(model, "operations", model.layers) if _grid(one) == grid]
    answers = keras.Model(model.inputs, [one.output for one in steps])(tf.constant(x), training=False)
    found = [tensor.numpy() for tensor in (answers if len(steps) > 1 else [answers][: len(steps)])]
    off = [float(np.abs(one - own).max() / np.abs(own).max()) for one in found]
    same = [place for place, share in enumerate(off) if share <= SAME]
    if not same:
        raise ValueError(
            f"no layer with these activations; the nearest is off by {min(off, default=1):.1g}"
        )
    middle = steps[same[-1]].output
    values = tf.constant(found[same[-1]])
    with tf.GradientTape() as tape:
        tape.watch(values)
        logits = keras.Model(middle, model.layers[-1].output)(values, training=False)
        score = tf.reduce_sum(tf.reduce_max(logits, axis=1))
    return values.numpy(), tape.gradient(score, values).numpy()


def _grid(step: Any) -> tuple[int, ...] | None:
    shape = getattr(getattr(step, "output", None), "shape", ())
    return tuple(shape[1:]) if len(shape) == 4 else None


def cosine(own: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> float:
    """Smallest cosine, over pictures, of the two maps before their rectification."""
    a, b = _weighted(*own), _weighted(*other)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return round(float(((a * b).sum(axis=1) / lengths).min()), 6)


def _weighted(activations: Floats, gradients: Floats) -> Floats:
    weights = gradients.astype(np.float64).mean(axis=(1, 2), keepdims=True)
    return (activations.astype(np.float64) * weights).sum(axis=-1).reshape(len(activations), -1)
