"""A small FOMO model as Studio writes it, weights set by hand: blue is the first class, yellow the second.

A flat Functional of tf_keras: three averaging convolutions with stride 2, then ``head`` and ``logits``,
both 1×1, and a softmax; channel 0 is background. Input 64×64, answer 8×8.
"""

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from tests.projects.edge_impulse import replies, toy
from tests.projects.edge_impulse.studio import Studio

GRID = (8, 8)


@cache
def h5() -> bytes:
    import tf_keras as keras

    layers = keras.layers
    x = entry = keras.Input((64, 64, 3), name="input_1")
    for name in ("near", "wide", "block_6_expand_relu"):
        x = layers.Conv2D(3, 3, strides=2, padding="same", activation="relu", name=name)(x)
    x = layers.Conv2D(2, 1, activation="relu", name="head")(x)
    x = layers.Softmax()(layers.Conv2D(3, 1, name="logits")(x))
    model = keras.Model(entry, x)
    average = np.zeros((3, 3, 3, 3), np.float32)
    average[..., range(3), range(3)] = 1 / 9
    for layer in model.layers[1:4]:
        layer.set_weights([average, np.zeros(3)])
    blue_or_yellow = np.array([[-1, 1], [0, 0], [1, -1]], np.float32).reshape(1, 1, 3, 2)
    model.get_layer("head").set_weights([blue_or_yellow, np.zeros(2)])
    steep = np.array([[0, 16, 0], [0, 0, 16]], np.float32).reshape(1, 1, 2, 3)
    model.get_layer("logits").set_weights([steep, np.array([3.0, 0, 0])])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.h5"
        model.save(path, save_format="h5")
        return path.read_bytes()


def model_zip() -> bytes:
    """What the download ``tflite-h5`` is."""
    return toy.zipped({"model.h5": h5()})


def samples() -> list[dict]:
    """As the API lists them in a project of boxes: the label field is the file's name."""
    return [
        {**one, "label": str(one["id"]), "projectLabelingMethod": "object_detection"}
        for one in toy.samples()
    ]


def as_detection(studio: Studio, last: str = "fomo") -> Studio:
    """The same Studio with an object detection block whose output is ``last``."""
    studio.blocks = [replies.learn_block(toy.BLOCK, "keras-object-detection", "Object detection")]
    more = {"mode": "object-detection", "objectDetectionLastLayer": last}
    studio.metadata[toy.BLOCK] = replies.metadata(toy.CLASSES, **more)
    studio.samples = samples()
    studio.files["tflite-h5"] = model_zip()
    return studio
