"""Model files as an attacker would make them: a healthy one with one thing changed."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from gradcam_core.base.errors import UntrustedModelError
from gradcam_core.model import inspect_model


def healthy(library: Any) -> Any:
    """A tiny network of ``library`` (keras or tf_keras), input 8×12×3, two classes."""
    layers = library.layers
    entry = library.Input((8, 12, 3))
    x = layers.Conv2D(2, 3, activation="relu", name="conv")(entry)
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return library.Model(entry, layers.Dense(2, name="scores")(x))


def with_config(source: Path, target: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a ``.keras`` or ``.h5`` file whose configuration went through ``change``."""
    if source.suffix == ".h5":
        target.write_bytes(source.read_bytes())
        with h5py.File(target, "r+") as file:
            config = json.loads(file.attrs["model_config"])
            change(config)
            file.attrs["model_config"] = json.dumps(config)
        return target
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "config.json":
                config = json.loads(content)
                change(config)
                content = json.dumps(config).encode()
            new.writestr(name, content)
    return target


def layer(config: dict[str, Any], name: str) -> dict[str, Any]:
    """The entry of the layer called ``name``."""
    return next(one for one in config["config"]["layers"] if one["config"].get("name") == name)


def becomes(name: str, **fields: Any) -> Callable[[dict[str, Any]], None]:
    """A change: the layer called ``name`` is of another class, module or configuration."""

    def change(config: dict[str, Any]) -> None:
        node = layer(config, name)
        node.update(fields)
        node["config"] = {"name": name} | fields.get("config", {})

    return change


def setting(name: str, key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change: one field of the configuration of the layer called ``name``."""

    def change(config: dict[str, Any]) -> None:
        layer(config, name)["config"][key] = value

    return change


def calls(function: str, path: Path) -> Callable[[dict[str, Any]], None]:
    """A change: the pooling layer becomes a call of any function of TensorFlow."""

    def change(config: dict[str, Any]) -> None:
        node = layer(config, "pool")
        node["class_name"] = "TFOpLambda"
        node["config"] = {"name": "pool", "trainable": True, "dtype": "float32", "function": function}
        node["inbound_nodes"] = [[["conv", 0, 0, {"filename": str(path)}]]]

    return change


def saved_model(folder: Path, serve: Callable[[Any], Any], **others: Any) -> Path:
    """A SavedModel whose serving signature is ``serve`` (pictures -> row), with ``others`` beside it."""
    import tensorflow as tf

    module = tf.Module()
    spec = [tf.TensorSpec([None, 8, 12, 3], tf.float32)]
    module.serve = tf.function(lambda x: {"y": serve(x)}, input_signature=spec)
    module.kernel = tf.Variable(np.full((3, 3, 3, 2), 0.1, np.float32))
    for name, value in others.items():
        setattr(module, name, value)
    tf.saved_model.save(module, str(folder), signatures={"serving_default": module.serve})
    return folder


def network(x: Any) -> Any:
    """A harmless network for :func:`saved_model`."""
    import tensorflow as tf

    return tf.reduce_mean(tf.nn.conv2d(x, tf.fill((3, 3, 3, 2), 0.1), 1, "SAME"), axis=(1, 2))


def refused(
    path: Path, found: str, monkeypatch: pytest.MonkeyPatch, kind: Any = UntrustedModelError
) -> None:
    """It is refused with ``found`` in the message, and no library has seen it."""
    monkeypatch.setattr("gradcam_core.model.opening.load", lambda *_: pytest.fail("was loaded"))
    with pytest.raises(kind, match=found):
        inspect_model(path)
