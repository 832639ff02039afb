"""Models in memory: which Keras they are of, and what cannot be opened."""

from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend, open_live
from gradcam_core.model.live import keras_of
from tests.model.conftest import by_hand

SHAPE = (4, 6, 1)


def test_the_library_is_told_by_the_models_ancestors() -> None:
    import keras
    import tf_keras

    class Own(keras.Sequential):  # type: ignore[misc]
        pass

    assert keras_of(Own()) == 3 and keras_of(tf_keras.Sequential()) == 2


@pytest.mark.parametrize("other", [None, "model.keras", object(), type("Model", (), {})()])
def test_what_is_no_keras_model_is_refused(other: Any) -> None:
    with pytest.raises(ModelError, match=f"an object of type {type(other).__name__}"):
        keras_of(other)


def test_keras_on_another_backend_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    model = by_hand()
    monkeypatch.setattr(backend.keras_library(3).backend, "backend", lambda: "torch")
    with pytest.raises(ModelError, match="Keras 3 on torch; to do: set KERAS_BACKEND=tensorflow"):
        keras_of(model)


def test_two_inputs_are_refused() -> None:
    import keras

    one, other = keras.Input(SHAPE), keras.Input(SHAPE)
    model = keras.Model([one, other], keras.layers.Flatten()(keras.layers.Add()([one, other])))
    with pytest.raises(ModelError, match="a model with one input; found 2 inputs"):
        open_live(model, SHAPE)


def test_opening_changes_nothing_and_later_training_is_not_seen() -> None:
    model = by_hand()
    x = np.random.default_rng(0).random((2, *SHAPE), dtype=np.float32)
    weights = [np.array(one) for one in model.get_weights()]
    explainer = open_live(model, SHAPE)
    before = explainer.predict(x)
    assert all(np.array_equal(one, other) for one, other in zip(weights, model.get_weights(), strict=True))
    model.set_weights([0 * one for one in weights])
    np.testing.assert_array_equal(explainer.predict(x), before)
    assert not np.allclose(open_live(model, SHAPE).predict(x), before)
    assert explainer.info.format == "keras 3 in memory" and list(explainer.layers) == ["classic"]
