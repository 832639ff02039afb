"""Networks as the official recipes write them: they load without trust, and their maps equal a tape's."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError, OpenSizeError
from gradcam_core.model import inspect_model, open_explainer


def _transfer(keras: Any) -> Any:
    """Augmentation, arithmetic of ``preprocess_input``, a nested network, a custom loss."""
    layers = keras.layers
    base = keras.Sequential(
        [keras.Input((16, 24, 3)), layers.Conv2D(4, 3, strides=2, activation="relu", name="deep")]
    )
    entry = keras.Input((16, 24, 3))
    x = keras.Sequential([layers.RandomFlip("horizontal"), layers.RandomRotation(0.2)])(entry)
    x = keras.applications.mobilenet_v2.preprocess_input(x)
    x = layers.GlobalAveragePooling2D()(base(x, training=False))
    model = keras.Model(entry, layers.Dense(1, activation="sigmoid")(layers.Dropout(0.2)(x)))
    model.compile("adam", loss=lambda truth, answer: answer)
    return model


@pytest.mark.parametrize("name", ["model.keras", "model.h5"])
@pytest.mark.parametrize("library", ["keras", "tf_keras"])
def test_the_transfer_learning_recipe_loads_without_trust(library: str, name: str, tmp_path: Path) -> None:
    model = _transfer(__import__(library))
    model.save(tmp_path / name)
    explainer = open_explainer(tmp_path / name, engine="tensorflow")
    assert (explainer.info.classic.name, explainer.info.head) == ("deep", "pooled-dense")
    x = np.random.default_rng(0).random((3, 16, 24, 3), dtype=np.float32) * 255
    answers = 1 / (1 + np.exp(-explainer.predict(x)))
    np.testing.assert_allclose(answers, model(x, training=False), rtol=1e-4)


def test_operations_between_layers_load_and_name_layers(tmp_path: Path) -> None:
    import keras

    entry = keras.Input((16, 24, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", name="conv")(entry * 2.0 - 1.0)
    y = keras.layers.Conv2D(4, 3, padding="same")(keras.ops.relu(x))
    x = keras.ops.mean(x + y, axis=(1, 2))
    model = keras.Model(entry, keras.layers.Dense(2)(x))
    model.save(tmp_path / "model.keras")
    (added,) = [one.name for one in model.operations if type(one).__name__ == "Add"]
    assert inspect_model(tmp_path / "model.keras").classic.name == added


def test_grouped_and_depthwise_convolutions_equal_a_tape(tmp_path: Path) -> None:
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(3)
    entry = keras.Input((16, 24, 3))
    x = keras.layers.Conv2D(8, 3, padding="same", name="stem")(entry)
    x = keras.layers.Conv2D(12, 3, strides=2, groups=4, padding="same", name="grouped")(x)
    x = keras.layers.Conv2D(12, 3, groups=12, padding="same", activation="relu", name="deep")(x)
    model = keras.Model(entry, keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(x)))
    model.save(tmp_path / "model.keras")
    x = np.random.default_rng(0).random((3, 16, 24, 3), dtype=np.float32)
    stem = model.get_layer("stem")(x)
    with tf.GradientTape() as tape:
        tape.watch(stem)
        values = stem
        for layer in model.layers[2:]:
            values = layer(values)
        score = tf.reduce_sum(values[:, 1])
    expected = tape.gradient(score, stem).numpy()
    for engine in ("tensorflow", "openvino"):
        explainer = open_explainer(tmp_path / "model.keras", classic="deep", fine="stem", engine=engine)
        assert {layer.name for layer in explainer.info.layers} == {"stem", "grouped", "deep"}
        found = explainer.explain(x, np.array([1, 1, 1]))
        np.testing.assert_allclose(found.logits, values, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(found.evidence["fine"].gradients, expected, rtol=1e-4, atol=1e-6)


def test_mixed_precision_names_the_layer_and_not_its_cast(tmp_path: Path) -> None:
    import keras

    entry = keras.Input((16, 24, 3))
    half = {"dtype": "mixed_float16"}
    x = keras.layers.Conv2D(4, 3, activation="relu", name="last_conv", **half)(entry)
    x = keras.layers.GlobalAveragePooling2D(**half)(x)
    keras.Model(entry, keras.layers.Dense(2, activation="softmax")(x)).save(tmp_path / "model.keras")
    info = inspect_model(tmp_path / "model.keras")
    assert (info.classic.name, info.head, info.activation) == ("last_conv", "pooled-dense", "softmax")


def _pooled(keras: Any, size: tuple[int | None, int | None]) -> tuple[Any, Any]:
    entry = keras.Input((*size, 3))
    x = keras.layers.Conv2D(4, 3, padding="same", name="conv")(entry)
    return entry, keras.layers.GlobalAveragePooling2D()(x)


def test_an_open_size_is_asked_for_and_taken(tmp_path: Path) -> None:
    import keras

    entry, x = _pooled(keras, (None, None))
    keras.Model(entry, keras.layers.Dense(2)(x)).save(tmp_path / "model.keras")
    with pytest.raises(OpenSizeError, match=r"height or width is open.*--input-size=224x224"):
        inspect_model(tmp_path / "model.keras")
    assert inspect_model(tmp_path / "model.keras", size=(20, 30)).classic.grid == (20, 30)


def test_a_size_of_its_own_is_not_overruled(tmp_path: Path) -> None:
    import keras

    entry, x = _pooled(keras, (16, 24))
    keras.Model(entry, keras.layers.Dense(2)(x)).save(tmp_path / "model.keras")
    with pytest.raises(ModelError, match=r"own input size 16x24.*leave --input-size out"):
        inspect_model(tmp_path / "model.keras", size=(20, 30))


def test_one_of_several_outputs_is_chosen_by_its_layers_name(tmp_path: Path) -> None:
    import keras

    entry, x = _pooled(keras, (16, 24))
    kind, age = keras.layers.Dense(3, name="kind")(x), keras.layers.Dense(1, name="age")(x)
    keras.Model(entry, {"kind": kind, "age": age}).save(tmp_path / "model.keras")
    with pytest.raises(ModelError, match=r"2 outputs \(age, kind\).*--output=age"):
        inspect_model(tmp_path / "model.keras")
    with pytest.raises(ModelError, match="none called 'typo'"):
        inspect_model(tmp_path / "model.keras", output="typo")
    outputs = {
        name: inspect_model(tmp_path / "model.keras", output=name).outputs for name in ("kind", "age")
    }
    assert outputs == {"kind": 3, "age": 1}


def test_several_inputs_are_refused_by_name(tmp_path: Path) -> None:
    import keras

    entry, x = _pooled(keras, (16, 24))
    other = keras.Input((4,), name="patient")
    x = keras.layers.Concatenate()([x, other])
    keras.Model([entry, other], keras.layers.Dense(2)(x)).save(tmp_path / "model.keras")
    with pytest.raises(ModelError, match=r"2 inputs \(.*patient\)"):
        inspect_model(tmp_path / "model.keras")


@pytest.mark.parametrize("pooled", [False, True])
def test_a_backbone_without_a_head_is_told_from_a_classifier(pooled: bool, tmp_path: Path) -> None:
    import keras

    entry = keras.Input((16, 24, 3))
    x = keras.layers.Conv2D(4, 3, strides=2, activation="relu", name="deep")(entry)
    row = keras.layers.GlobalAveragePooling2D()(x)
    keras.Model(entry, row if pooled else x).save(tmp_path / "backbone.keras")
    keras.Model(entry, keras.layers.Dense(2)(row)).save(tmp_path / "classifier.keras")
    assert inspect_model(tmp_path / "backbone.keras").features
    assert not inspect_model(tmp_path / "classifier.keras").features


def _layers(keras: Any) -> set[str]:
    return {
        name
        for name in dir(keras.layers)
        if isinstance(getattr(keras.layers, name), type) and name[0] != "_"
    }


@pytest.mark.parametrize("library", ["keras", "tf_keras"])
def test_every_layer_of_keras_is_on_the_list_or_left_out_for_a_reason(library: str) -> None:
    from gradcam_core.model import allowed_keras as allowed

    known = {*allowed.LAYERS, *allowed.AUGMENTATION, *allowed.LEFT_OUT}
    assert _layers(__import__(library)) <= known
    assert not {*allowed.LAYERS, *allowed.AUGMENTATION} & set(allowed.LEFT_OUT)


def test_every_operation_of_keras_is_on_the_list_or_left_out_for_a_reason() -> None:
    from importlib import import_module

    from gradcam_core.model import allowed_keras as allowed

    for name, names in allowed.OPERATIONS.items():
        module = import_module(f"keras.src.ops.{name}")
        base = import_module("keras.src.ops.operation").Operation
        found = {
            key
            for key, value in vars(module).items()
            if isinstance(value, type) and issubclass(value, base) and value.__module__ == module.__name__
        }
        assert found <= {*names, *allowed.LEFT_OUT}, name


def test_every_operation_of_the_list_is_one_of_tensorflows() -> None:
    import tensorflow as tf

    from gradcam_core.model.allowed_operations import OPERATIONS, SAVERS_WORDS, SAVING

    assert not OPERATIONS & (SAVING | SAVERS_WORDS)
    public = {name for name in OPERATIONS if not name.startswith("_")}
    missing = {name for name in public if not hasattr(tf.raw_ops, name)}
    assert len(missing) < len(public) / 10, sorted(missing)
