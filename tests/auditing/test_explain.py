"""Maps of models in memory: every kind of Keras model, what may be explained, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.auditing.explain import explain, probabilities
from gradcam_core.base.errors import AuditError, ModelError
from tests.model.conftest import convolutional

IMAGES = np.random.default_rng(4).random((3, 24, 40, 3), dtype=np.float32)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))


def layers_of(library: Any) -> list[Any]:
    make = library.layers
    return [
        make.Conv2D(4, 3, activation="relu", name="conv"),
        make.GlobalAveragePooling2D(),
        make.Dense(3, activation="softmax"),
    ]


def subclassed(library: Any) -> Any:
    """Never called before, so it knows no input."""

    class Own(library.Model):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.parts = layers_of(library)

        def call(self, x: Any) -> Any:
            for part in self.parts:
                x = part(x)
            return x

    return Own()


def keras_library(name: str) -> Any:
    return pytest.importorskip(name)


MODELS: dict[str, Callable[[], Any]] = {
    "functional": convolutional,
    "one unit": lambda: convolutional("sigmoid"),
    "Sequential, not built": lambda: keras_library("keras").Sequential(layers_of(keras_library("keras"))),
    "subclassed": lambda: subclassed(keras_library("keras")),
    "subclassed tf_keras": lambda: subclassed(keras_library("tf_keras")),
}


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_every_kind_of_live_model_says_what_its_predict_says(make: Callable[[], Any]) -> None:
    model = make()
    answer = explain(model, IMAGES)
    said = np.asarray(model.predict(IMAGES, verbose=0))
    np.testing.assert_allclose(answer.probabilities[:, -said.shape[1] :], said, atol=1e-6)
    assert answer.maps.shape[0] == 3 and answer.maps.ndim == 3
    assert (answer.maps >= 0).all() and np.ptp(answer.maps) > 0
    np.testing.assert_array_equal(answer.classes, answer.probabilities.argmax(axis=1))


def nested() -> Any:
    """Keras 2: a functional network inside a Sequential one."""
    library = keras_library("tf_keras")
    entry = library.Input((24, 40, 3))
    x = library.layers.Conv2D(4, 3, strides=2, activation="relu", name="early")(entry)
    x = library.layers.Conv2D(6, 3, strides=2, activation="relu", name="late")(x)
    backbone = library.Model(entry, x)
    return library.Sequential([backbone, *layers_of(library)[1:]])


@pytest.mark.parametrize("method", ["grad-cam", "score-cam", "eigen-cam"])
def test_a_nested_keras_2_model_equals_its_own_file(method: str, tmp_path: Path) -> None:
    model = nested()
    model.save(tmp_path / "nested.keras")
    live = explain(model, IMAGES, method, classes=2)
    stored = explain(tmp_path / "nested.keras", IMAGES, method, classes=[2, 2, 2])
    np.testing.assert_array_equal(live.maps, stored.maps)
    np.testing.assert_array_equal(live.logits, stored.logits)
    assert live.layer == stored.layer == "late"


def test_pictures_are_fed_as_they_are() -> None:
    """Whole numbers are the same numbers; nothing is divided by 255."""
    model = convolutional(augmented=False)
    whole = np.rint(IMAGES * 255).astype(np.uint8)
    as_bytes, as_floats = explain(model, whole), explain(model, whole.astype(np.float32))
    np.testing.assert_array_equal(as_bytes.logits, as_floats.logits)
    assert not np.allclose(as_bytes.logits, explain(model, IMAGES).logits)
    assert "values from 0 to 255, fed as they are" in explain(model, whole)._repr_html_()


def test_a_batch_gives_what_its_pictures_give_alone() -> None:
    model, many = convolutional(), np.random.default_rng(2).random((40, 24, 40, 3), dtype=np.float32)
    together = explain(model, many, "layer-cam", layer="joined")
    assert together.layer == "joined" and len(together.maps) == len(together.logits) == 40
    alone = explain(model, many[35:36], "layer-cam", layer="joined")
    np.testing.assert_allclose(alone.maps, together.maps[35:36], rtol=1e-4)


def test_weights_of_the_outputs_can_be_explained() -> None:
    model = convolutional()
    chosen = explain(model, IMAGES, classes=np.eye(3, dtype=np.float32)[[1, 1, 1]])
    np.testing.assert_allclose(chosen.maps, explain(model, IMAGES, classes=1).maps, rtol=1e-5)


def test_a_notebook_shows_pictures_a_table_and_one_sentence() -> None:
    page = explain(convolutional(), IMAGES)._repr_html_()
    assert page.count("<img") == 6 and page.count("<table") == 1 and "<script" not in page
    assert "grad-cam at last: maps of 6×10 cells for 3 pictures" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"images": IMAGES[0]}, "give images\\[None\\]"),
        ({"images": IMAGES[:, :9]}, "resize and scale them"),
        ({"images": [["a"]]}, "as an array of numbers"),
        ({"images": IMAGES[:0]}, "as an array of numbers"),
        ({"method": "cam"}, "a CAM method out of: ablation-cam"),
        ({"method": "anomaly-map"}, "a CAM method out of: ablation-cam"),
        ({"classes": 3}, "one class index from 0 to 2, or 3 of them"),
        ({"classes": [0, 1]}, "one class index from 0 to 2, or 3 of them"),
        ({"classes": [0.5, 1, 1]}, "one class index"),
        ({"layer": "none"}, "last \\(6×10\\)"),
        ({"model": 3}, "found an object of type int"),
    ],
)
def test_what_does_not_fit_is_said(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(AuditError, match=said):
        explain(**{"model": convolutional(), "images": IMAGES, **changes})


def test_a_model_with_an_open_size_takes_that_of_the_pictures() -> None:
    import keras

    model = keras.Sequential([keras.Input((None, None, 3)), *layers_of(keras)])
    assert explain(model, IMAGES).maps.shape == (3, 22, 38)
    with pytest.raises(ModelError, match="images\\[None\\]"):
        explain(model, IMAGES[0])


def test_a_model_that_leaves_tensorflow_is_refused_with_its_own_words() -> None:
    import keras

    class Leaves(keras.Model):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            return x.numpy()

    with pytest.raises(ModelError, match=r"can be traced.*has no attribute 'numpy'"):
        explain(Leaves(), IMAGES)


def test_probabilities_follow_the_head() -> None:
    logits = np.array([[0.0, 2.0]], np.float32)
    np.testing.assert_allclose(probabilities(logits, "softmax"), [[0.1192, 0.8808]], atol=1e-4)
    np.testing.assert_allclose(probabilities(logits, "sigmoid"), [[0.5, 0.8808]], atol=1e-4)
    np.testing.assert_allclose(probabilities(logits[:, 1:], "sigmoid"), [[0.1192, 0.8808]], atol=1e-4)
    assert np.isnan(probabilities(logits[:, 1:], "linear")).all()
