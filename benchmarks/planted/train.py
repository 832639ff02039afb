"""The small networks and their training. The only file here that imports TensorFlow."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from benchmarks.planted.cases import Case
from benchmarks.planted.render import Pictures, render_all
from benchmarks.planted.scene import scenes

FILTERS = (16, 32, 64, 64)
GOOD_ENOUGH = 0.99  # training accuracy at which an epoch is the last


@dataclass(frozen=True)
class Net:
    """A network's shape: input side, grid of its last layer, head."""

    side: int
    grid: int
    head: Literal["pooled", "flatten"]


@dataclass(frozen=True)
class Effort:
    """How much training: pictures and the most epochs."""

    pictures: int = 800
    epochs: int = 10


NETS = (
    Net(48, 6, "pooled"),
    Net(48, 3, "flatten"),
    Net(64, 8, "flatten"),
    Net(64, 4, "pooled"),
    Net(64, 16, "pooled"),
    Net(48, 3, "pooled"),
    Net(64, 4, "flatten"),
)


def net_for(case: Case, seed: int) -> Net:
    """The network of a case and seed; over cases and seeds all shapes occur."""
    fitting = [net for net in NETS if case.grid in (None, net.grid)]
    return fitting[(seed + sum(map(ord, case.name[:2]))) % len(fitting)]


def build(net: Net, classes: int, activation: str = "softmax") -> Any:
    """Four convolutions and a head; the last convolution works on the net's grid.

    Up to three poolings stand between them; a coarser grid makes the first convolution step by two, a
    finer one makes the third wider, so that every cell can see a whole object.
    """
    layers = tf.keras.layers
    model = tf.keras.Sequential([layers.Input((net.side, net.side, 3))])
    halvings = int(np.log2(net.side // net.grid))
    for number, filters in enumerate(FILTERS):
        step = 2 if number == 0 and halvings > 3 else 1
        size = 5 if number == 2 and halvings < 3 else 3
        model.add(layers.Conv2D(filters, size, strides=step, padding="same", activation="relu"))
        if number < min(halvings, 3):
            model.add(layers.MaxPooling2D())
    model.add(layers.GlobalAveragePooling2D() if net.head == "pooled" else layers.Flatten())
    model.add(layers.Dense(classes, activation=activation))
    return model


class _Stop(tf.keras.callbacks.Callback):  # type: ignore[misc]
    """Ends training once the training accuracy is good enough."""

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.model.stop_training = bool(logs and logs["accuracy"] >= GOOD_ENOUGH)


def train(case: Case, seed: int, net: Net, effort: Effort) -> Any:
    """A trained Keras model of a case. Same arguments, same pictures and same first weights."""
    drawn = list(scenes(case, "train", effort.pictures, seed))
    pictures, _ = render_all(drawn, case, net.side)
    labels = np.array([scene.filed for scene in drawn])
    tf.keras.backend.clear_session()
    tf.keras.utils.set_random_seed(seed)
    model = build(net, case.classes)
    steps = effort.epochs * -(-effort.pictures // 32)
    rate = tf.keras.optimizers.schedules.CosineDecay(2e-3, steps)
    model.compile(tf.keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(
        pictures / np.float32(255),
        labels,
        batch_size=32,
        epochs=effort.epochs,
        callbacks=[_Stop()],
        verbose=0,
    )
    return model


def predictor(path: Path) -> Any:
    """A function from pictures (N, side, side, 3) uint8 to class numbers (N,) for a saved model."""
    model = tf.keras.models.load_model(path, compile=False)

    def predict(pictures: Pictures) -> NDArray[np.intp]:
        return np.asarray(
            model.predict(pictures / np.float32(255), verbose=0, batch_size=128).argmax(axis=1)
        )

    return predict
