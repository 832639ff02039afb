"""A visual regression as Studio trains it: a nested Keras 2 network, one linear output, known answers."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.studio import Studio

ALLOWED = 1.6  # the block's threshold: an absolute error, and more than 1
WORD = 7  # the sample whose label is a word
TARGETS = [-1.5 + 0.75 * index for index in range(toy.COUNT)]
ERRORS = [(-1) ** index * (2.0 if index in (2, 5) else 0.5) for index in range(toy.COUNT)]


@cache
def h5() -> bytes:
    """Sequential[Functional, Flatten, Dense(1, linear)], its last layer solved for target plus error."""
    import tf_keras as keras

    keras.utils.set_random_seed(3)
    layers = keras.layers
    given = layers.Input((64, 64, 3))
    x = layers.Conv2D(8, 3, strides=4, padding="same", activation="relu")(given)
    nested = keras.Model(given, layers.Conv2D(8, 3, padding="same", activation="relu")(x), name="model")
    last = layers.Dense(1, activation="linear", name="y_pred")
    entry = layers.InputLayer((64, 64, 3), name="x_input")
    model = keras.Sequential([entry, nested, layers.Flatten(), last])
    inputs = np.stack([toy.network_input(index) for index in range(toy.COUNT)])
    features = keras.Model(model.inputs, model.layers[-2].output).predict(inputs, verbose=0)
    wanted = np.array(TARGETS) + np.array(ERRORS)
    weights = np.linalg.lstsq(features.astype(np.float64), wanted, rcond=None)[0]
    last.set_weights([weights[:, None], np.zeros(1)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.h5"
        model.save(path, save_format="h5")
        return path.read_bytes()


def label(index: int) -> str:
    return "rusty" if index == WORD else f"{TARGETS[index]}"


def studio(**metadata: Any) -> Studio:
    """A project of numbers; ``metadata`` replaces fields of the block's."""
    listed = [
        replies.sample(9000 + index, f"plate.{index}", label(index), toy.size(index))
        for index in range(toy.COUNT)
    ]
    threshold = {"key": "min_score", "description": "d", "helpText": "h", "value": ALLOWED}
    about = {"mode": "regression", "thresholds": [threshold], **metadata}
    return Studio(
        samples=listed[::-1],
        blocks=[replies.learn_block(toy.BLOCK, "keras-regression", "Regression")],
        metadata={toy.BLOCK: replies.metadata(["value"], **about)},
        files={"tflite-h5": toy.zipped({"model.h5": h5()})},
    )
