"""Tokens of a vision transformer, laid out as the grid of patches that they came from."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.model import open_explainer


def _vit(keras: Any, class_token: bool) -> Any:
    """Patches of 8 pixels, two blocks, mean over the tokens or a class token that is read alone."""
    layers = keras.layers
    keras.utils.set_random_seed(1)
    entry = keras.Input((24, 32, 3))
    x = layers.Reshape((12, 8))(layers.Conv2D(8, 8, 8, name="patches")(entry))
    x = layers.ZeroPadding1D((1, 0), name="with_class")(x) if class_token else x
    for number in range(2):
        y = layers.LayerNormalization()(x)
        x = layers.Add(name=f"block_{number}")([x, layers.MultiHeadAttention(2, 4)(y, y)])
    x = layers.LayerNormalization(name="norm")(x)
    x = (
        layers.Flatten()(layers.Cropping1D((0, 12))(x))
        if class_token
        else layers.GlobalAveragePooling1D()(x)
    )
    return keras.Model(entry, layers.Dense(2)(x))


@pytest.mark.parametrize(("class_token", "layer"), [(False, "norm"), (True, "block_0")])
def test_tokens_of_a_vision_transformer_are_a_grid(class_token: bool, layer: str, tmp_path: Path) -> None:
    import keras
    import tensorflow as tf

    model = _vit(keras, class_token)
    model.save(tmp_path / "model.keras")
    explainer = open_explainer(tmp_path / "model.keras", engine="tensorflow")
    info = explainer.info
    assert (info.classic.name, info.classic.grid, info.classic.kind) == (layer, (3, 4), "Tokens")
    assert "one token per patch" in info.why
    assert {one.grid for one in info.layers} == {(3, 4)}
    x = np.random.default_rng(0).random((2, 24, 32, 3), dtype=np.float32)
    found = explainer.explain(x, np.array([1, 0])).evidence["classic"]
    middle = model.get_layer(layer).output
    tokens = keras.Model(model.inputs, middle)(x)
    with tf.GradientTape() as tape:
        tape.watch(tokens)
        score = tf.gather(keras.Model(middle, model.outputs[0])(tokens), [1, 0], batch_dims=1)
    expected = tape.gradient(score, tokens).numpy()[:, int(class_token) :].reshape(2, 3, 4, 8)
    np.testing.assert_allclose(found.gradients, expected, rtol=1e-4, atol=1e-6)


def test_a_learned_class_token_stands_before_the_patches(tmp_path: Path) -> None:
    import keras

    class WithClass(keras.layers.Layer):  # as vision transformers are written: one row that is learned
        def build(self, shape: Any) -> None:
            self.token = self.add_weight(shape=(1, 1, shape[-1]), name="token")

        def call(self, x: Any) -> Any:
            first = keras.ops.broadcast_to(self.token, (keras.ops.shape(x)[0], 1, x.shape[-1]))
            return keras.ops.concatenate([first, x], axis=1)

    layers = keras.layers
    entry = keras.Input((24, 32, 3))
    x = WithClass()(layers.Reshape((12, 4))(layers.Conv2D(4, 8, 8)(entry)))
    x = layers.Add(name="before")([x, layers.Dense(4)(x)])
    x = layers.Add()([x, layers.MultiHeadAttention(1, 2)(x, x)])
    keras.Model(entry, layers.Dense(2)(x[:, 0])).export(tmp_path / "exported", verbose=False)
    explainer = open_explainer(tmp_path / "exported", engine="tensorflow")
    assert (explainer.info.classic.kind, explainer.info.classic.grid) == ("Tokens", (3, 4))
    assert explainer.info.classic.name.startswith("before")
    found = explainer.explain(np.random.default_rng(0).random((1, 24, 32, 3), dtype=np.float32))
    assert found.evidence["classic"].gradients.shape == (1, 3, 4, 4)
    assert found.evidence["classic"].gradients.any()
