"""Maps of sounds are turned upright."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.base.sounds import as_stored
from gradcam_core.model import open_explainer
from gradcam_core.projects import open_project
from gradcam_core.tasks import TASKS
from tests.tasks.audio.sounds import BANDS, FRAMES, sound_project
from tests.tasks.audio.specs import SPEC

KINDS = ("flat 2d", "flat 1d", "rows 1d", "picture")


def inputs(root: Path) -> np.ndarray:
    read = [TASKS["audio"].medium.read(file, SPEC)[0] for file in sorted(root.rglob("l*.npy"))]
    return TASKS["audio"].medium.inputs(np.stack(read), SPEC)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_network_is_explained_upright(root: Path, saved: Any, kind: str) -> None:
    inner = open_explainer(saved(kind), engine="openvino" if kind == "flat 1d" else "tensorflow")
    project, x = open_project(root), inputs(root)
    turned = TASKS["audio"].wrapped(project, inner)
    stored = as_stored(x[..., 0]).reshape(len(x), *inner.info.shape)
    plain, found = inner.explain(stored), turned.explain(x)
    assert turned.info.shape == (BANDS, FRAMES, 1) and turned.info.width == FRAMES
    np.testing.assert_allclose(found.logits, plain.logits, rtol=1e-5)
    np.testing.assert_allclose(turned.predict(x), plain.logits, rtol=1e-4, atol=1e-5)
    for name, one in found.evidence.items():
        height, width = turned.layers[name].grid
        assert one.activations.shape[1:3] == (height, width) == inner.layers[name].grid[::-1]
        assert (height == 1) == kind.endswith("1d"), "a network in time has a map in time only"
        twin = plain.evidence[name].activations
        np.testing.assert_allclose(one.activations[:, 0, :, 0], twin[:, :, -1, 0], rtol=1e-4, atol=1e-6)
        rows = np.arange(len(x))
        for ask, values in ((one.from_activations, one.activations), (one.from_inputs, x)):
            np.testing.assert_allclose(ask(values, rows), one.score, rtol=1e-4, atol=1e-5)
    assert turned.randomised(1).explain(x).logits.shape == (len(x), 2)  # type: ignore[attr-defined]
    assert turned.engine == ("openvino" if kind == "flat 1d" else "tensorflow")


def test_evidence_at_one_moment_and_frequency_is_hot_there(root: Path, tmp_path: Path) -> None:
    """A 1×1 convolution and a dense layer that reads the last frame's lowest band alone."""
    import keras
    from keras import layers

    from gradcam_core.maps.cams import CAMS

    shape = (FRAMES, BANDS, 1)
    model = keras.Sequential([keras.Input((FRAMES * BANDS,)), layers.Reshape(shape)])
    model.add(layers.Conv2D(1, 1, activation="relu", name="conv"))
    model.add(layers.Flatten())
    model.add(layers.Dense(2))
    kernel = np.zeros((FRAMES * BANDS, 2), np.float32)
    kernel[(FRAMES - 1) * BANDS, 1] = 1
    model.set_weights([np.ones((1, 1, 1, 1)), np.zeros(1), kernel, np.zeros(2)])
    model.save(tmp_path / "model.keras")
    explainer = TASKS["audio"].wrapped(open_project(root), open_explainer(tmp_path / "model.keras"))
    x = inputs(root)
    seen = explainer.explain(x, np.ones(len(x), np.intp), ("classic",))
    maps = CAMS["layer-cam"].compute(seen.evidence["classic"])
    expected = np.zeros((len(x), BANDS, FRAMES))
    expected[:, -1, -1] = x[:, -1, -1, 0]
    np.testing.assert_allclose(maps, expected, rtol=1e-5)


@pytest.mark.parametrize(
    ("kind", "changed", "words"),
    [
        ("wrong", {}, "reshapes them to (8, 13, 1)"),
        ("flat 2d", {"frames": 14, "bands": 8}, "shape (104,)"),
    ],
)
def test_a_network_of_other_features_is_refused(
    tmp_path: Path, saved: Any, kind: str, changed: dict[str, Any], words: str
) -> None:
    project = open_project(sound_project(tmp_path, **changed))
    with pytest.raises(ModelError) as raised:
        TASKS["audio"].wrapped(project, open_explainer(saved(kind), engine="tensorflow"))
    assert words in raised.value.found
