"""Tiny models of every kind, written once per session. Weights come from seeds or are set by hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Converted models are kept in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def by_hand() -> Any:
    """One 1×1 convolution, A0 = relu(x), A1 = relu(1 - 2x), pooled, two classes; input 4×6×1."""
    import keras

    model = keras.Sequential(
        [
            keras.Input((4, 6, 1)),
            keras.layers.Conv2D(2, 1, activation="relu", name="conv"),
            keras.layers.GlobalAveragePooling2D(name="pool"),
            keras.layers.Dense(2, activation="softmax", name="classes"),
        ]
    )
    kernel = np.array([1.0, -2.0], np.float32).reshape(1, 1, 1, 2)
    model.set_weights(
        [kernel, np.array([0, 1.0]), np.array([[1.0, -1.0], [2.0, 3.0]]), np.array([0.5, 0.0])]
    )
    return model


POOLED = ("pooled", "sigmoid", "linear")


def plain_cnn() -> Any:
    """Edge Impulse's plain CNN: convolution and maximum pooling twice, flatten, dropout, dense; 24×40."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(2)
    model = keras.Sequential([keras.Input((24, 40, 3))])
    for filters, name in ((4, "first"), (6, "second")):
        model.add(layers.Conv2D(filters, 3, padding="same", activation="relu", name=name))
        model.add(layers.MaxPooling2D(2, strides=2, padding="same"))
    model.add(layers.Flatten())
    model.add(layers.Dropout(0.25))
    model.add(layers.Dense(2, activation="softmax", name="y_pred"))
    return model


def convolutional(head: str = "pooled", channels: int = 3, augmented: bool = True) -> Any:
    """Functional, 24×40: rescaling, augmentation, two blocks, a shortcut, and one of the heads."""
    import keras
    from keras import layers

    entry = keras.Input((24, 40, channels))
    x = layers.Rescaling(2.0, offset=-1.0)(entry)
    x = layers.RandomFlip()(x) if augmented else x
    keras.utils.set_random_seed(11)  # here, so that both variants get the same weights
    x = layers.Conv2D(6, 3, strides=2, padding="same", use_bias=False, name="stem")(x)
    x = layers.BatchNormalization(name="stem_norm", gamma_initializer="ones", beta_initializer="ones")(x)
    x = layers.Activation("swish", name="stem_swish")(x)
    y = layers.DepthwiseConv2D(3, padding="same", name="inside")(x)
    x = layers.Add(name="joined")([x, y])
    x = layers.MaxPooling2D(2, name="smaller")(x)
    x = layers.Conv2D(8, 3, padding="same", activation="relu", name="last")(x)
    x = layers.MaxPooling2D(2)(x) if head == "flat" else x
    x = layers.AveragePooling2D((6, 10))(x) if head == "average" else x
    x = layers.AveragePooling2D(2)(x) if head == "averages" else x
    x = layers.GlobalAveragePooling2D()(x) if head in POOLED else layers.Flatten()(x)
    x = layers.Dropout(0.5)(x)
    if head == "sigmoid":
        out = layers.Dense(1, activation="sigmoid")(x)
    elif head == "linear":
        out = layers.Dense(1)(layers.Dense(5, activation="relu")(x))
    else:
        out = layers.Activation("softmax", name="softmax")(layers.Dense(3, name="scores")(x))
    return keras.Model(entry, out)


def edge_impulse() -> Any:
    """Edge Impulse's structure by tf_keras: Sequential around a nested MobileNetV2 0.35, 64×96."""
    import tf_keras
    from tf_keras import layers

    tf_keras.utils.set_random_seed(3)
    backbone = tf_keras.applications.MobileNetV2(
        input_shape=(64, 96, 3), alpha=0.35, weights=None, include_top=False
    )
    model = tf_keras.Sequential([layers.InputLayer((64, 96, 3), name="x_input"), backbone])
    model.add(layers.Reshape((-1, backbone.output.shape[3])))
    model.add(layers.Dense(16, activation="relu"))
    model.add(layers.Dropout(0.1))
    model.add(layers.Flatten())
    model.add(layers.Dense(3, activation="softmax", name="y_pred"))
    return model


@pytest.fixture(scope="session")
def saved(folder: Path) -> Callable[[str], Path]:
    """Name -> path of the model file, written on first use."""
    made: dict[str, Path] = {}

    def get(name: str) -> Path:
        if name not in made:
            made[name] = WRITERS[name](folder)
        return made[name]

    return get


def _write(make: Callable[[], Any], name: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        make().save(folder / name)
        return folder / name

    return write


def _signature_of_one(folder: Path) -> Path:
    """A SavedModel whose signature takes exactly one picture, as Edge Impulse exports them."""
    import keras
    import tensorflow as tf

    model = convolutional()
    archive = keras.export.ExportArchive()
    archive.track(model)
    spec = tf.TensorSpec([1, 24, 40, 3], tf.float32)
    archive.add_endpoint("serving_default", lambda x: model(x, training=False), input_signature=[spec])
    archive.write_out(folder / "served", verbose=False)
    return folder / "served"


def _export(folder: Path) -> Path:
    convolutional(augmented=False).export(folder / "exported", verbose=False)
    return folder / "exported"


WRITERS: dict[str, Callable[[Path], Path]] = {
    "hand": _write(by_hand, "hand.keras"),
    "pooled": _write(convolutional, "pooled.keras"),
    "keras 3 h5": _write(convolutional, "pooled.h5"),
    "flat": _write(lambda: convolutional("flat"), "flat.keras"),
    "flatten": _write(lambda: convolutional("flatten"), "flatten.keras"),
    "average": _write(lambda: convolutional("average"), "average.keras"),
    "averages": _write(lambda: convolutional("averages"), "averages.keras"),
    "plain cnn": _write(plain_cnn, "plain_cnn.h5"),
    "sigmoid": _write(lambda: convolutional("sigmoid", channels=1), "sigmoid.keras"),
    "linear": _write(lambda: convolutional("linear"), "linear.keras"),
    "nested": _write(edge_impulse, "nested.h5"),
    "nested keras 2": _write(edge_impulse, "nested.keras"),
    "served": _signature_of_one,
    "exported": _export,
}


@pytest.fixture(scope="session")
def pictures() -> Callable[..., np.ndarray]:
    """(n, size, channels) -> network input in 0..1, the same every time."""

    def make(n: int, size: tuple[int, int] = (24, 40), channels: int = 3) -> np.ndarray:
        return np.random.default_rng(5).random((n, *size, channels), dtype=np.float32)

    return make
