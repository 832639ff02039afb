"""Model files that hold code: refused before they are loaded, unless trusted."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import UntrustedModelError
from gradcam_core.model import inspect_model


def _with_lambda(library: Any) -> Any:
    layers = library.layers
    inner = library.Sequential(
        [layers.InputLayer((8, 12, 3)), layers.Lambda(lambda x: x * 2, name="doubled"), layers.Conv2D(2, 3)]
    )
    return library.Sequential(
        [layers.InputLayer((8, 12, 3)), inner, layers.GlobalAveragePooling2D(), layers.Dense(2)]
    )


@pytest.mark.parametrize("name", ["model.h5", "model.keras"])
@pytest.mark.parametrize("library", ["keras", "tf_keras"])
def test_a_lambda_layer_is_refused_before_loading_unless_trusted(
    tmp_path: Path, library: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = __import__(library)
    _with_lambda(module).save(tmp_path / name)
    assert inspect_model(tmp_path / name, trust_code=True).classic.grid == (6, 10)
    monkeypatch.setattr("gradcam_core.model.opening.load", lambda *_: pytest.fail("was loaded"))
    with pytest.raises(UntrustedModelError, match="Lambda layer 'doubled'"):
        inspect_model(tmp_path / name)


def test_custom_classes_and_foreign_modules_are_refused(tmp_path: Path) -> None:
    import keras

    @keras.saving.register_keras_serializable("mine")
    class Own(keras.layers.Layer):
        def call(self, x: Any) -> Any:
            return x

    entry = keras.Input((8, 12, 3))
    x = keras.layers.Conv2D(2, 3)(Own(name="special")(entry))
    model = keras.Model(entry, keras.layers.Dense(2)(keras.layers.GlobalAveragePooling2D()(x)))
    for name in ("model.keras", "model.h5"):
        model.save(tmp_path / name)
        with pytest.raises(UntrustedModelError, match="special"):
            inspect_model(tmp_path / name)


def test_a_saved_model_that_runs_python_is_refused_before_loading(tmp_path: Path) -> None:
    import tensorflow as tf

    @tf.function(input_signature=[tf.TensorSpec([None, 8, 12, 3], tf.float32)])
    def serve(x: Any) -> Any:
        return {"y": tf.numpy_function(lambda a: a.mean(axis=(1, 2)), [x], tf.float32)}

    module = tf.Module()
    module.serve = serve
    tf.saved_model.save(module, str(tmp_path / "model"), signatures={"serving_default": serve})
    with pytest.raises(UntrustedModelError, match="PyFunc"):
        inspect_model(tmp_path / "model")
