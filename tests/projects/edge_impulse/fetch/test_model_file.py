"""The Keras file of a learn block."""

import pytest

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


@pytest.mark.parametrize("has_metadata", [True, False])
def test_no_trained_model(studio: Studio, has_metadata: bool) -> None:
    if has_metadata:
        studio.metadata[toy.BLOCK]["hasTrainedModel"] = False
    else:
        studio.metadata = {}
    said = refused(studio)
    assert said.expected == "a trained model" and "8 “Transfer”" in said.found
    assert has_metadata or "No trained model yet" in said.found


def test_no_h5_for_this_kind_of_block(studio: Studio) -> None:
    studio.downloads = [("TensorFlow Lite (float32)", "tflite-float")]
    said = refused(studio)
    assert "Keras .h5" in said.expected and said.found == "TensorFlow Lite (float32)"
    assert "--model" in said.todo


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda: toy.model_zip()[: len(toy.model_zip()) // 2], "truncated or damaged"),
        (lambda: b"xxxxTFL3 and more", "TensorFlow Lite"),
        (lambda: b"plain", "begins with b'plain'"),
        (lambda: toy.zipped({"readme.txt": b"x"}), "readme.txt"),
    ],
)
def test_a_model_download_that_is_no_model(studio: Studio, body, words: str) -> None:
    studio.files["tflite-h5"] = body()
    assert words in refused(studio).found
