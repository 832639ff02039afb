"""Studio's model downloads as they come: what is inside is used, what cannot be is named."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.downloads import H5, HEADERS, REFUSED
from tests.sound_project import fact, make, opened


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path / "home"))


def project(tmp_path: Path, name: str, content: bytes, given: bool = True, **answers: object) -> Project:
    """Two classes of pictures and this download beside them, given or found."""
    root = make(tmp_path / "p", "testing/cat/a.jpg", "testing/small.dog/b.jpg")
    (root / name).write_bytes(content)
    return opened(root, Overrides(model=Path(name) if given else None, **answers))  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [True, False])
@pytest.mark.parametrize("name", ["trained.h5.zip", "ei-pets-transfer-keras-h5-model.zip"])
def test_a_zip_around_a_keras_file(tmp_path: Path, name: str, given: bool) -> None:
    found = project(tmp_path, name, toy.zipped({"model.h5": H5}), given)
    assert found.model_path is not None and found.model_path.read_bytes() == H5
    assert name in fact(found, "model")


@pytest.mark.parametrize("given", [True, False])
def test_a_zip_around_a_saved_model(tmp_path: Path, given: bool) -> None:
    inside = {"saved_model/saved_model.pb": b"pb", "saved_model/variables/variables.index": b"i"}
    found = project(tmp_path, "ei-pets-tensorflow-savedmodel-model.zip", toy.zipped(inside), given)
    assert found.model_path is not None
    assert sorted(one.name for one in found.model_path.iterdir()) == ["saved_model.pb", "variables"]


def test_a_keras_3_file_is_a_zip_and_a_model_itself(tmp_path: Path) -> None:
    found = project(tmp_path, "model.keras", toy.zipped({"config.json": b"{}", "model.weights.h5": H5}))
    assert found.model_path == tmp_path / "p" / "model.keras"


def test_a_deployment_gives_network_classes_input_and_threshold(tmp_path: Path) -> None:
    inside = {**HEADERS, "trained.h5.zip": toy.zipped({"model.h5": H5}), "trained.tflite": b"xxxxTFL3"}
    found = project(tmp_path, "deployment.zip", toy.zipped(inside))
    assert found.model_path is not None and found.model_path.read_bytes() == H5
    assert found.class_names == ("small.dog", "cat"), "the network's order, not that of the folders"
    assert (found.scaling, found.resize, found.thresholds) == ("0..1", "fit-long", {"threshold": 0.7})
    origins = {one.name: one.origin for one in found.facts}
    assert [origins[name] for name in ("class order", "resize", "scaling", "threshold")] == ["read"] * 4
    assert "model-parameters of deployment.zip" in fact(found, "resize")


def test_the_user_wins_over_a_deployment(tmp_path: Path) -> None:
    inside = {**HEADERS, "trained.h5.zip": toy.zipped({"model.h5": H5})}
    names = make(tmp_path, "x/") / "names.txt"
    names.write_text("cat\nsmall.dog\n")
    found = project(tmp_path, "d.zip", toy.zipped(inside), labels=names, resize="squash", threshold=0.2)
    assert found.class_names == ("cat", "small.dog") and found.resize == "squash"
    assert found.thresholds == {"threshold": 0.2}
    assert {one.name: one.origin for one in found.facts}["resize"] == "given"


def test_one_lite_file_is_handed_on(tmp_path: Path) -> None:
    found = project(tmp_path, "python.zip", toy.zipped({"model.tflite": b"xxxxTFL3", "README.md": b""}))
    assert found.model_path is not None and found.model_path.name == "model.tflite"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        *((name, content, words) for name, content, words in REFUSED),
        ("two.zip", toy.zipped({"a.h5": H5, "b.h5": H5}), "a.h5, b.h5"),
        ("empty.zip", toy.zipped({}), "nothing"),
        ("torn.zip", toy.zipped({"a.h5": H5})[:-10], ""),
        ("out.zip", toy.zipped({"../a.h5": H5}), "leads out of the folder"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    if name == "torn.zip":  # no zip any more: the loader says what it is
        assert project(tmp_path, name, content).model_path == tmp_path / "p" / name
        return
    with pytest.raises(AuditError) as raised:
        project(tmp_path, name, content)
    assert words in raised.value.found and raised.value.todo


def test_a_model_download_as_the_project_says_that_pictures_are_missing(tmp_path: Path) -> None:
    archive = tmp_path / "cpp.zip"
    archive.write_bytes(toy.zipped({**HEADERS, "trained.h5.zip": toy.zipped({"model.h5": H5})}))
    with pytest.raises(AuditError) as raised:
        open_project(archive)
    assert "a network without pictures" in raised.value.todo
