"""The model file of a folder."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import make, opened


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        (("model.h5",), "model.h5"),
        (("net.keras", "notes.txt"), "net.keras"),
        (("net.keras", "model.h5"), "model.h5"),
        (("export/saved_model.pb", "export/variables/x"), "export"),
        (("models/a.hdf5",), "a.hdf5"),
        (("model.json",), None),
        (("model.onnx", "model.data", "notes.txt"), "model.onnx"),
        (("model/net.tflite",), "net.tflite"),
        (("net.h5", "model.onnx", "model.tflite"), "net.h5"),  # what the others were exported from
        (("net.onnx", "net.pt"), "net.onnx"),
        (("weights.safetensors",), "weights.safetensors"),  # so that it can be said what to do
    ],
)
def test_the_model_is_found(tmp_path: Path, files: tuple[str, ...], chosen: str | None) -> None:
    project = opened(make(tmp_path, "testing/cat/a.jpg", *files))
    assert (project.model_path.name if project.model_path else None) == chosen


def test_several_models_have_to_be_chosen_from(tmp_path: Path) -> None:
    make(tmp_path, "testing/cat/a.jpg", "a.h5", "b.keras")
    with pytest.raises(ProjectError, match=r"a\.h5, b\.keras"):
        open_project(tmp_path)
    assert opened(tmp_path, Overrides(model=Path("b.keras"))).model_path == tmp_path / "b.keras"
