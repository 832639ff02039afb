"""The layers that are explained by default."""

from collections.abc import Callable
from pathlib import Path

from gradcam_core.model import inspect_model

Saved = Callable[[str], Path]


def test_the_convolution_before_the_last_maximum_pooling_is_the_default(saved: Saved) -> None:
    info = inspect_model(saved("plain cnn"))
    assert (info.classic.name, info.classic.grid) == ("second", (12, 20))
    assert info.fine is not None
    assert (info.fine.name, info.fine.grid) == ("first", (24, 40))


def test_a_pooled_1x1_output_of_the_backbone_is_never_the_default(folder: Path) -> None:
    import tf_keras
    from tf_keras import layers

    entry = layers.Input((32, 48, 1))
    x = layers.Conv2D(4, 3, strides=4, padding="same", name="conv")(entry)
    x = layers.ReLU(name="conv_relu")(x)
    backbone = tf_keras.Model(entry, layers.GlobalAveragePooling2D(keepdims=True)(x))
    head = [layers.Conv2D(4, 1, activation="relu"), layers.Flatten(), layers.Dense(2, activation="softmax")]
    model = tf_keras.Sequential([layers.InputLayer((32, 48, 1)), backbone, *head])
    model.save(folder / "pooled_inside.h5")
    info = inspect_model(folder / "pooled_inside.h5")
    assert [layer.grid for layer in info.layers] == [(8, 12)]
    assert info.classic.name == "conv_relu"
    assert info.fine is None
