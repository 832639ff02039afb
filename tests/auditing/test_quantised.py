"""A float network and its int8 version side by side: columns by hand, and a whole audit of a pair."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import gradcam_core as gc
from gradcam_core.auditing.quantised import quantised_columns, quantised_logits
from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks import TASKS, Answers


def answers(task: str, logits: np.ndarray, activation: str, **more: object) -> Answers:
    samples = tuple(Sample(str(row), f"{row}.png", "cat", 1.0) for row in range(len(logits)))
    project = Project("p", Path(), ("cat", "dog"), samples, None, task=task, **more)  # type: ignore[arg-type]
    return Answers(project, samples, logits, activation, np.zeros(len(logits), np.intp))  # type: ignore[arg-type]


def test_the_class_that_changes_is_another_answer_and_what_was_not_read_is_none() -> None:
    mine = np.array([[2, 0], [0.1, 0], [np.nan, np.nan]], np.float32)
    theirs = np.array([[1, 0], [0, 0.1], [np.nan, np.nan]], np.float32)
    told, task = answers("classification", mine, "softmax"), TASKS["classification"]
    found = quantised_columns(told, theirs, task, task.columns(told))
    assert found["quantised_answer"] == ["same", "another", None]
    assert found["quantised_predicted"] == ["cat", "dog", None]
    assert found["quantised_correct"] == [True, False, None]
    expected = 1 / (1 + np.exp(-2)) - 1 / (1 + np.exp(-1))
    np.testing.assert_allclose(found["quantised_apart"][0], expected, rtol=1e-6)
    assert np.isnan(found["quantised_apart"][2])


def test_numbers_are_another_answer_beyond_the_tolerance() -> None:
    mine, theirs = np.array([[1.0], [1.0]], np.float32), np.array([[1.25], [3.0]], np.float32)
    told, task = answers("regression", mine, "linear", thresholds={"tolerance": 0.5}), TASKS["regression"]
    found = quantised_columns(told, theirs, task, task.columns(told))
    assert found["quantised_answer"] == ["same", "another"]
    assert found["quantised_apart"] == [0.25, 2.0] and found["quantised_predicted"] == [1.25, 3.0]


def test_only_pictures_that_could_be_read_are_asked_about() -> None:
    network = SimpleNamespace(info=SimpleNamespace(outputs=2), predict=lambda inputs: inputs + 1)
    batch = SimpleNamespace(readable=np.array([True, False, True]), inputs=np.zeros((2, 2), np.float32))
    found = quantised_logits(network, batch)  # type: ignore[arg-type]
    np.testing.assert_array_equal(found, [[1, 1], [np.nan, np.nan], [1, 1]])


def int8(model: Path, target: Path) -> Path:
    """The network of a Keras file, quantised as Edge Impulse does."""
    import keras
    import tensorflow as tf

    network = keras.saving.load_model(model, compile=False)
    noise = np.random.default_rng(0).random((8, *network.input_shape[1:])).astype(np.float32)

    def examples() -> Iterator[list[np.ndarray]]:
        yield from ([picture[None]] for picture in noise)

    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = examples
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    target.write_bytes(converter.convert())
    return target


def test_a_pair_is_audited_together(tiny_project: Path, tiny_model: Path, tmp_path: Path) -> None:
    small = int8(tiny_model, tmp_path / "int8.tflite")
    project = gc.open_project(tiny_project, quantised=small)
    run = gc.audit(project, runs=tmp_path / "runs", engine="tensorflow", maps="classic")
    read = run.samples["status"] != "unreadable"
    apart = run.samples["quantised_apart"]
    assert (apart[read] < 0.25).all() and (apart[read] > 0).any() and apart[~read].isna().all()
    assert set(run.samples["quantised_answer"][read]) <= {"same", "another"}
    assert run.manifest["model"]["quantised"]["path"] == str(small)
    with pytest.raises(ModelError, match="own network quantised"):
        gc.audit(gc.open_project(tiny_project, quantised=other(tmp_path)), runs=tmp_path / "no")
    with pytest.raises(ProjectError, match="does not exist"):
        gc.open_project(tiny_project, quantised=tmp_path / "gone.tflite")


def other(folder: Path) -> Path:
    """A network of another size."""
    from tests.model.exchange.networks import small

    small((24, 32, 3)).save(folder / "other.keras")
    return folder / "other.keras"
