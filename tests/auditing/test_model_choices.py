"""Models that leave something open: what is asked for, what is taken, and that a run remembers it."""

import argparse
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli._audit_options import read_size
from gradcam_core.findings.investigate import open_model
from gradcam_core.runs.store import open_run
from tests.tiny_pictures import tiny_folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """48×64 pictures and a model of any size with two outputs."""
    import keras

    entry = keras.Input((None, None, 3))
    x = keras.layers.Conv2D(4, 3, strides=2, activation="relu", name="conv")(entry)
    x = keras.layers.GlobalAveragePooling2D()(x)
    kind = keras.layers.Dense(2, activation="softmax", name="kind")(x)
    folder = tmp_path_factory.mktemp("open")
    keras.Model(entry, [kind, keras.layers.Dense(1, name="age")(x)]).save(folder / "made.keras")
    root = tmp_path_factory.mktemp("project")
    return tiny_folder(root, folder / "made.keras", per_class=3, seed=1)


def test_what_is_open_is_asked_for_with_advice_that_works(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["audit", str(project), "--runs", str(tmp_path), "--engine", "tensorflow"]
    assert main(command) == 2
    assert "2 outputs (kind, age)" in capsys.readouterr().err
    assert main([*command, "--output=kind"]) == 2
    assert "most pictures here would suggest --input-size=48x64" in capsys.readouterr().err
    assert main([*command, "--output=kind", "--input-size=48x64"]) == 0
    (folder,) = tmp_path.iterdir()
    run = open_run(folder)
    assert run.manifest["model"]["chosen_output"] == "kind"
    info = open_model(run).info
    assert (info.height, info.width, info.outputs) == (48, 64, 2)


def test_a_size_is_a_height_and_a_width() -> None:
    assert read_size("224x160") == read_size(" 224×160") == (224, 160)
    for text in ("224", "x224", "-1x3", "224,224", ""):
        with pytest.raises(argparse.ArgumentTypeError, match="such as 224x224"):
            read_size(text)
