"""Features of sounds: what a cell means, how a file becomes picture and input, maps turned upright."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.auditing.cluster.pictures import at_hand
from gradcam_core.base import remote_folder
from gradcam_core.base.errors import ModelError, ProjectError, SampleError
from gradcam_core.base.sounds import Features, as_stored, from_json, mel_centres, upright
from gradcam_core.base.types import InputSpec
from gradcam_core.images import (
    PICTURE_SUFFIXES,
    features_of,
    from_grey,
    load_one,
    picture_size,
    read_features,
    read_rgb,
)
from gradcam_core.model import inspect_model, open_explainer
from gradcam_core.projects import open_project
from gradcam_core.projects.demos.catalogue import MODELS
from gradcam_core.projects.overrides import Overrides
from gradcam_core.tasks import TASKS
from tests.tasks.audio.sounds import BANDS, FRAMES, features, network, sound_project

SPEC = InputSpec(BANDS, FRAMES, 1)
KINDS = ("flat 2d", "flat 1d", "rows 1d", "picture")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_project(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Kind of network -> its file, written once."""
    folder = tmp_path_factory.mktemp("networks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(folder / "home"))

        def path(kind: str) -> Path:
            file = folder / f"{kind}.keras"
            if not file.exists():
                network(kind).save(file)
            return file

        yield path


def test_cells_are_moments_and_frequencies_by_hand() -> None:
    found = Features("spectrogram", 100, 5, 0.01, 0.03, (0.0, 1000.0, 2000.0, 3000.0, 4000.0))
    assert found.zoom == (48, 4) and found.size == (240, 400)
    assert found.span == pytest.approx((0.01, 1.01))  # the first frame's middle is 0.015
    assert found.column(0.01) == pytest.approx(0) and found.column(0.51) == pytest.approx(200)
    assert [found.row(hertz) for hertz in (0, 500, 4000, 1e8)] == [216, 192, 24, 0]


def test_mel_centres_by_hand() -> None:
    """Of one filter up to 700 (e - 1) Hz = 1127 mel the centre is at 563.5 mel: 700 (e^0.5 - 1) Hz."""
    assert mel_centres(0, 700 * (np.e - 1), 1) == (round(700 * (np.exp(0.5) - 1), 3),)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "wav"}, "kind out of mfe, mfcc, spectrogram"),
        ({"frames": 0}, "frames"),
        ({"stride_s": "fast"}, "stride_s"),
        ({"hertz": [1, 2]}, "8 rising centres"),
        ({"range": [1, 0]}, "two rising numbers"),
    ],
)
def test_a_description_that_cannot_be_used(root: Path, changed: dict[str, Any], words: str) -> None:
    data = json.loads((root / "features.json").read_text())
    assert from_json(data, "x") == features_of(root)
    with pytest.raises(ProjectError) as raised:
        from_json({**data, **changed}, "x")
    assert words in str(raised.value)


def test_the_picture_is_upright_and_can_be_turned_back_exactly(root: Path) -> None:
    file = root / "testing" / "low" / "low0.npy"
    stored = features((slice(None), slice(0, 1)), 0)
    values, described = read_features(file)
    np.testing.assert_array_equal(values, stored.T[::-1])
    np.testing.assert_array_equal(as_stored(upright(stored)), stored)
    picture = read_rgb(file)
    assert picture.shape == (*picture_size(file), 3) == (*described.size, 3)
    assert (picture[-1] == 240).all() and (picture[0] < 60).all()  # the hum lies at the bottom
    small, original = load_one(file, SPEC)
    assert original.size == described.size
    np.testing.assert_allclose(from_grey(small[None], described)[0, ..., 0], values, atol=1e-6)


def test_without_a_range_contrast_is_that_of_the_project(tmp_path: Path) -> None:
    sound_project(tmp_path, range=None, kind="mfcc")
    found = features_of(tmp_path / "testing")
    assert found is not None and found.hertz == ()
    assert found.range == pytest.approx((0, 240 / 255), abs=0.01)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.zeros((BANDS, FRAMES)), "shape (8, 13)"),
        (np.zeros(5), "shape (5,)"),
        (np.full((FRAMES, BANDS), np.nan), "no numbers"),
        (np.array([{}], dtype=object), "damaged"),
        (np.ones((FRAMES, BANDS), complex), "complex"),
        (np.array(["1"] * FRAMES * BANDS), "<U1"),
        (np.full((FRAMES, BANDS), 1e300), "no numbers"),
        (None, "no such file"),
    ],
)
def test_files_that_cannot_be_read(root: Path, values: Any, words: str) -> None:
    file = root / "broken.npy"
    file.unlink(missing_ok=True)
    if values is not None:
        np.save(file, values, allow_pickle=True)
    with pytest.raises(SampleError) as raised:
        TASKS["audio"].medium.read(file, SPEC)
    assert words in str(raised.value.found)
    file.unlink(missing_ok=True)


def test_a_piece_of_a_cluster_audit_brings_the_description_along(tmp_path: Path) -> None:
    url = sound_project(tmp_path / "far").as_uri()
    folder = remote_folder.make(url, tmp_path / "mirrors", PICTURE_SUFFIXES)
    project = open_project(folder)
    with at_hand(project, url, folder) as near:
        values, _ = read_features(near.root / near.samples[0].path)
        assert near.root != project.root and values.shape == (BANDS, FRAMES)


def test_a_lone_array_is_no_picture(tmp_path: Path) -> None:
    np.save(tmp_path / "embeddings.npy", np.zeros(3))
    with pytest.raises(ProjectError, match="pictures in class folders") as raised:
        open_project(tmp_path)
    assert "features.json" in raised.value.todo


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


def test_a_pooling_with_a_dropout_behind_it_is_still_a_pooling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Edge Impulse's usual end: convolution, pooling, dropout, flatten. 49 frames halve to 25."""
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    info = inspect_model(MODELS / "keywords.h5")
    assert (info.shape, info.viewed) == ((1960,), (49, 40, 1))
    assert (info.classic.name, info.classic.grid) == ("conv2d_1", (25, 20))
    assert info.fine is not None and info.fine.grid == (49, 40)


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


def test_audio_needs_a_description(tmp_path: Path, saved: Any) -> None:
    project = open_project(sound_project(tmp_path), Overrides(task="classification"))
    with pytest.raises(ProjectError, match=r"features\.json"):
        TASKS["audio"].wrapped(project, open_explainer(saved("flat 2d"), engine="tensorflow"))
