"""Models that answer for each cell of a grid: what is found in them, and what a cell's map can show."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.base.types import Fact, Project
from gradcam_core.maps.cams import CAMS
from gradcam_core.model import inspect_model, open_explainer
from gradcam_core.model.contract import ModelInfo
from gradcam_core.tasks import TASKS
from tests.tasks.object_detection import grid_network


@pytest.fixture(scope="module", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return grid_network.write(tmp_path_factory.mktemp("grid") / "model.keras")


@pytest.fixture(scope="module")
def fomo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Edge Impulse's structure by tf_keras, 64×64: MobileNetV2 0.35 cut at block 6, head, logits."""
    import tf_keras
    from tf_keras import layers

    tf_keras.utils.set_random_seed(3)
    base = tf_keras.applications.MobileNetV2((64, 64, 3), 0.35, include_top=False, weights=None)
    x = base.get_layer("block_6_expand_relu").output
    x = layers.Conv2D(32, 1, activation="relu", name="head")(x)
    x = layers.Softmax()(layers.Conv2D(3, 1, name="logits")(x))
    path = tmp_path_factory.mktemp("fomo") / "model.h5"
    tf_keras.Model(base.input, x).save(path)
    return path


def test_the_map_is_taken_where_a_cell_still_depends_on_its_surroundings(fomo: Path) -> None:
    info = inspect_model(fomo)
    assert (info.output_grid, info.outputs, info.classes) == ((8, 8), 8 * 8 * 3, 3)
    assert (info.head, info.activation) == ("per-cell", "softmax")
    assert (info.classic.name, info.classic.grid) == ("block_3_project_BN", (8, 8))
    assert info.fine is not None and (info.fine.name, info.fine.grid) == ("block_3_expand_relu", (16, 16))
    assert "5×5 of the 8×8 cells" in info.why and "59×59 pixels" in info.why


def test_the_measured_field_is_the_one_that_was_worked_out_on_both_engines(fomo: Path) -> None:
    inputs = np.random.default_rng(0).random((3, 64, 64, 3), dtype=np.float32)
    weights = np.zeros((3, 8, 8, 3), np.float32)
    weights[:, 4, 4, 1] = 1
    found = {}
    for engine in ("tensorflow", "openvino"):
        explainer = open_explainer(fomo, engine=engine)
        found[engine] = explainer.explain(inputs, weights.reshape(3, -1))
    assert explainer.engine == "openvino" and explainer.agreement > 0.9999
    for name, cells in (("classic", 5), ("fine", 11)):
        one, other = (found[engine].evidence[name] for engine in found)
        rows, columns = np.nonzero((one.gradients != 0).any(axis=(0, 3)))
        assert (np.ptp(rows) + 1, np.ptp(columns) + 1) == (cells, cells)
        np.testing.assert_allclose(one.gradients, other.gradients, atol=1e-6)
        np.testing.assert_allclose(one.activations, other.activations, atol=1e-5)
    np.testing.assert_allclose(found["tensorflow"].logits, found["openvino"].logits, atol=1e-5)


def test_predictions_are_those_of_the_model_itself(fomo: Path) -> None:
    import tf_keras
    from scipy.special import softmax

    inputs = np.random.default_rng(1).random((2, 64, 64, 3), dtype=np.float32)
    logits = open_explainer(fomo, engine="tensorflow").predict(inputs).reshape(2, 8, 8, 3)
    model = tf_keras.models.load_model(fomo, compile=False)
    np.testing.assert_allclose(softmax(logits, axis=-1), model.predict(inputs, verbose=0), atol=1e-6)


def test_a_map_never_lights_up_what_its_cell_cannot_see(small: Path) -> None:
    """Two red blocks far apart: gradients averaged over the grid would light up both."""
    picture = grid_network.picture(("red", 0, 0, 8, 8), ("red", 40, 24, 8, 8))
    inputs = picture[None].astype(np.float32) / 255
    weights = np.zeros((1, *grid_network.GRID, 3), np.float32)
    weights[0, 0, 0, 1] = 1
    explainer = open_explainer(small, engine="tensorflow")
    assert explainer.info.classic.name == "body"
    evidence = explainer.explain(inputs, weights.reshape(1, -1)).evidence["classic"]
    for method in ("grad-cam", "hires-cam", "layer-cam"):
        heat = CAMS[method].compute(evidence)[0]  # (8, 12), two cells to one of the answer
        assert heat[:3, :3].max() > 0, method
        assert heat[3:].max() == 0 and heat[:, 3:].max() == 0, method


def test_a_grid_is_no_classification_and_the_other_way_round(small: Path) -> None:
    info = inspect_model(small)
    project = Project("p", small.parent, grid_network.CLASSES, (), small)
    with pytest.raises(ModelError, match="--task object-detection"):
        TASKS["classification"].fitted(project, info)
    row = ModelInfo("k", 8, 8, 3, 2, "softmax", "deep", info.layers, info.classic, None, "", "")
    with pytest.raises(ModelError, match="each cell of a grid"):
        TASKS["object-detection"].fitted(project, row)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("nut", "bolt"), ("background", "nut", "bolt")),
        (("background", "nut", "bolt"), ("background", "nut", "bolt")),
        ((), ("background", "class 1", "class 2")),
    ],
)
def test_background_comes_first(small: Path, given: tuple[str, ...], named: tuple[str, ...]) -> None:
    project = Project("p", small.parent, given, (), small)
    fitted = TASKS["object-detection"].fitted(project, inspect_model(small))
    assert (fitted.class_names, fitted.output_grid) == (named, grid_network.GRID)


def test_a_wrong_number_of_classes_is_named(small: Path) -> None:
    project = Project("p", small.parent, ("nut", "bolt", "washer"), (), small)
    with pytest.raises(ModelError, match="2 channels beside the background"):
        TASKS["object-detection"].fitted(project, inspect_model(small))


def test_background_in_another_channel_is_not_fomo(small: Path) -> None:
    order = Fact("class order", "nut, bolt, Background", "read", "labels.txt")
    project = Project("p", small.parent, ("nut", "bolt", "Background"), (), small, facts=(order,))
    with pytest.raises(ModelError, match="class order nut, bolt, Background") as raised:
        TASKS["object-detection"].fitted(project, inspect_model(small))
    assert "leave background out" in raised.value.todo
    guessed = replace(project, facts=())
    fitted = TASKS["object-detection"].fitted(guessed, inspect_model(small))
    assert fitted.class_names == ("background", "nut", "bolt")
