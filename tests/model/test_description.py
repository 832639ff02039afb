"""What ``inspect`` says: format by content, candidates, defaults, and refusals with their reason."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model, open_explainer

Saved = Callable[[str], Path]


@pytest.mark.parametrize(
    ("name", "format", "head", "activation"),
    [
        ("pooled", "keras 3", "pooled-dense", "softmax"),
        ("keras 3 h5", "keras 3 h5", "pooled-dense", "softmax"),
        ("flat", "keras 3", "flatten-dense", "softmax"),
        ("flatten", "keras 3", "flatten-dense", "softmax"),
        ("average", "keras 3", "pooled-dense", "softmax"),
        ("averages", "keras 3", "flatten-dense", "softmax"),
        ("plain cnn", "keras 3 h5", "flatten-dense", "softmax"),
        ("linear", "keras 3", "deep", "linear"),
        ("sigmoid", "keras 3", "pooled-dense", "sigmoid"),
        ("nested", "keras 2 h5", "deep", "softmax"),
        ("nested keras 2", "keras 2", "deep", "softmax"),
        ("served", "SavedModel", "pooled-dense", "softmax"),
    ],
)
def test_format_head_and_activation(
    saved: Saved, name: str, format: str, head: str, activation: str
) -> None:
    info = inspect_model(saved(name))
    assert (info.format, info.head, info.activation) == (format, head, activation)


def test_candidates_are_merged_chains_in_order_of_depth(saved: Saved) -> None:
    info = inspect_model(saved("pooled"))
    assert [(layer.name, layer.grid) for layer in info.layers] == [
        ("stem_swish", (12, 20)),
        ("inside", (12, 20)),
        ("joined", (12, 20)),
        ("smaller", (6, 10)),
        ("last", (6, 10)),
    ]
    assert info.classic.name == "last"
    assert info.fine is not None
    assert info.fine.name == "joined"
    assert (info.height, info.width, info.channels) == (24, 40, 3)
    assert "6×10" in info.why
    assert "12×20" in info.why
    assert len(info.sha256) == 64


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


def test_any_layer_can_be_chosen_by_its_keras_name_or_operation(saved: Saved) -> None:
    explainer = open_explainer(saved("pooled"), classic="stem_norm", maps=("classic",), engine="tensorflow")
    assert explainer.layers["classic"].grid == (12, 20)
    with pytest.raises(ModelError, match=r"joined \(12×20\).*'no_such_layer'"):
        open_explainer(saved("pooled"), classic="no_such_layer", engine="tensorflow")
    with pytest.raises(ModelError, match="tensorflow, openvino"):
        open_explainer(saved("pooled"), engine="warp")


@pytest.mark.parametrize(
    ("name", "wrong"), [("nested", "a.keras"), ("pooled", "b.h5"), ("pooled", "c.txt")]
)
def test_a_wrong_name_does_not_matter(saved: Saved, tmp_path: Path, name: str, wrong: str) -> None:
    shutil.copy(saved(name), tmp_path / wrong)
    assert inspect_model(tmp_path / wrong).sha256 == inspect_model(saved(name)).sha256


def _truncated(saved: Saved, path: Path, name: str) -> None:
    content = saved(name).read_bytes()
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b"\x1c\0\0\0TFL3....", "TensorFlow Lite"),
        (b"#!/bin/sh", "neither HDF5 nor zip"),
        ("nested", "damaged"),
        ("pooled", "damaged"),
    ],
)
def test_other_and_truncated_files_are_named(
    saved: Saved, tmp_path: Path, content: bytes | str, found: str
) -> None:
    path = tmp_path / "model.h5"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        _truncated(saved, path, content)
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    assert found in caught.value.found
    assert caught.value.todo


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        inspect_model(tmp_path / "none.h5")
    with pytest.raises(ModelError, match="nothing"):
        inspect_model(tmp_path)


def _keras(build: Callable[[Any, Any], Any]) -> Any:
    import keras

    return build(keras, keras.layers)


def _two_outputs(keras: Any, layers: Any) -> Any:
    entry = keras.Input((8, 12, 3))
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 3)(entry))
    return keras.Model(entry, [layers.Dense(2)(x), layers.Dense(3)(x)])


def _two_inputs(keras: Any, layers: Any) -> Any:
    entries = [keras.Input((8, 12, 3)), keras.Input((8, 12, 3))]
    x = layers.GlobalAveragePooling2D()(layers.Conv2D(2, 3)(layers.Add()(entries)))
    return keras.Model(entries, layers.Dense(2)(x))


REFUSED = {
    "2 outputs": _two_outputs,
    "2 inputs": _two_inputs,
    "flat input": lambda keras, layers: keras.Sequential([keras.Input((64,)), layers.Dense(2)]),
    "no layer with a spatial grid": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 3)), layers.Rescaling(0.5), layers.Flatten(), layers.Dense(2)]
    ),
    "height or width is open": lambda keras, layers: keras.Sequential(
        [
            keras.Input((None, None, 3)),
            layers.Conv2D(2, 3),
            layers.GlobalAveragePooling2D(),
            layers.Dense(2),
        ]
    ),
    "8, 12, 4": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 4)), layers.Conv2D(2, 3), layers.GlobalAveragePooling2D(), layers.Dense(2)]
    ),
    "an output of shape": lambda keras, layers: keras.Sequential(
        [keras.Input((8, 12, 3)), layers.Conv2D(2, 3), layers.Reshape((60, 2)), layers.Softmax()]
    ),
}


@pytest.mark.parametrize("found", REFUSED)
def test_what_cannot_be_explained_is_refused_with_the_reason(tmp_path: Path, found: str) -> None:
    path = tmp_path / "model.keras"
    _keras(REFUSED[found]).save(path)
    with pytest.raises(ModelError) as caught:
        inspect_model(path)
    assert found in caught.value.found
    assert caught.value.todo


def test_auto_falls_back_with_a_message_where_openvino_differs(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcam_core.model.runners import OpenVinoRunner

    run = OpenVinoRunner.run

    def wrong(self: OpenVinoRunner, chunk: np.ndarray, names: Any) -> Any:
        return {name: value[..., ::-1].copy() for name, value in run(self, chunk, names).items()}

    monkeypatch.setattr(OpenVinoRunner, "run", wrong)
    explainer = open_explainer(saved("pooled"), engine="auto")
    x = np.random.default_rng(0).random((2, 24, 40, 3), dtype=np.float32)
    expected = open_explainer(saved("pooled"), engine="tensorflow").explain(x)
    np.testing.assert_allclose(explainer.explain(x).logits, expected.logits, rtol=1e-4)
    assert explainer.engine == "tensorflow"
    assert "did not agree" in explainer.notes[0]


def test_auto_falls_back_with_the_reason_where_openvino_cannot_run_a_model(
    saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gradcam_core.model.runners import OpenVinoRunner

    def refuse(self: OpenVinoRunner, *_: object) -> None:
        raise RuntimeError("no such operation\nin line 7")

    monkeypatch.setattr(OpenVinoRunner, "__init__", refuse)
    x = np.random.default_rng(0).random((2, 24, 40, 3), dtype=np.float32)
    explainer = open_explainer(saved("pooled"), engine="auto")
    assert np.isfinite(explainer.explain(x).logits).all() and explainer.engine == "tensorflow"
    (note,) = explainer.notes
    assert note.startswith("TensorFlow is used because OpenVINO cannot run") and "no such operation" in note
    with pytest.raises(ModelError, match="no such operation") as raised:
        open_explainer(saved("pooled"), engine="openvino").explain(x)
    assert raised.value.todo == "choose the engine tensorflow"


def test_importing_the_package_imports_no_tensorflow() -> None:
    heavy = ("tensorflow", "keras", "tf_keras", "openvino")
    code = f"import sys, gradcam_core.model; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
