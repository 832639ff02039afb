"""Networks that cost a second: one trained backbone per shape, and a head for each case.

A backbone learns outlines, coats and all cues at once, none of them tied to a class. What a case's network
then relies on is decided by its head alone, a logistic regression on the frozen features of the case's own
training pictures: the usual transfer learning. Its reliance is measured like that of any other network.
"""

import os
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from benchmarks.planted.cache import code_version
from benchmarks.planted.cases import Case
from benchmarks.planted.cues import CUES
from benchmarks.planted.objects import LOOKS
from benchmarks.planted.render import Pictures, render_all
from benchmarks.planted.scene import Scene, scenes
from benchmarks.planted.train import Effort, Net, build
from gradcam_core.base.types import Floats

EVERYTHING = Case("backbone", ("background", *CUES), 0.5, (), "clean", classes=len(LOOKS), core=0.1)
SEED, PICTURES, EPOCHS = 4000, 2400, 10
HEAD = "head"


def known(scene: Scene) -> list[float]:
    """What a backbone is taught of a scene: its class, one of twelve, and which cues it shows."""
    return [*np.eye(len(LOOKS))[scene.label], *map(float, scene.cues)]


def train_backbone(net: Net, effort: Effort | None = None) -> Any:
    """A Keras model that tells classes and cues apart, each by a sigmoid of its own."""
    size = effort or Effort(PICTURES, EPOCHS)
    drawn = list(scenes(EVERYTHING, "train", size.pictures, SEED))
    pictures, _ = render_all(drawn, EVERYTHING, net.side)
    tf.keras.backend.clear_session()
    tf.keras.utils.set_random_seed(SEED)
    model = build(net, len(known(drawn[0])), "sigmoid")
    rate = tf.keras.optimizers.schedules.CosineDecay(2e-3, size.epochs * -(-size.pictures // 32))
    model.compile(tf.keras.optimizers.Adam(rate), "binary_crossentropy")
    model.fit(
        pictures / np.float32(255),
        np.asarray([known(scene) for scene in drawn], np.float32),
        batch_size=32,
        epochs=size.epochs,
        verbose=0,
    )
    return model


def backbone(net: Net, root: Path, effort: Effort | None = None) -> Any:
    """The trained backbone of a shape, from ``root`` where it is there already."""
    path = root / f"backbone-{net.side}-{net.grid}-{net.head}-{code_version()[:12]}.keras"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.keras")  # two pieces of a series may want the same one
        train_backbone(net, effort).save(part)
        part.replace(path)
    return tf.keras.models.load_model(path, compile=False)


def with_head(case: Case, seed: int, net: Net, pictures: int, trunk: Any) -> Any:
    """``trunk`` with a softmax head of its own, fitted to the training pictures of a case."""
    drawn = list(scenes(case, "train", pictures, seed))
    features = _features(trunk, render_all(drawn, case, net.side)[0])
    scaler = StandardScaler().fit(features)
    strength = 10 ** np.random.default_rng(seed).uniform(-3, -1)  # how freely the head may choose
    head = LogisticRegression(C=strength, max_iter=300).fit(
        scaler.transform(features), [scene.filed for scene in drawn]
    )
    return _joined(trunk, case.classes, *_weights(head, scaler))


def _features(trunk: Any, pictures: Pictures) -> Floats:
    """(N, D) what the last layer but one says."""
    inner = tf.keras.Model(trunk.inputs, trunk.layers[-2].output)
    return np.asarray(inner.predict(pictures / np.float32(255), verbose=0, batch_size=128))


def _weights(head: Any, scaler: Any) -> tuple[Floats, Floats]:
    """(D, K) and (K,) float32 of a softmax that takes features as they come."""
    weights, bias = head.coef_ / scaler.scale_, head.intercept_
    if len(weights) == 1:
        weights, bias = np.concatenate([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    bias = bias - weights @ scaler.mean_
    return weights.T.astype(np.float32), bias.astype(np.float32)


def _joined(trunk: Any, classes: int, weights: Floats, bias: Floats) -> Any:
    last = tf.keras.layers.Dense(classes, activation="softmax", name=HEAD)
    model = tf.keras.Model(trunk.inputs, last(trunk.layers[-2].output))
    last.set_weights([weights, bias])
    return model
