"""Model files made at random: opened or refused in words, nothing run, nothing written outside."""

import importlib
import json
import warnings
import zipfile
from pathlib import Path
from typing import Any

import h5py
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcam_core.base.errors import AuditError
from gradcam_core.model import inspect_model
from tests.hostile.grammar import changed, torn, written
from tests.hostile.test_hostile_inputs import place
from tests.model import hostile

pytestmark = pytest.mark.slow
NAMES = ("keras.h5", "keras.keras", "tf_keras.h5", "tf_keras.keras")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The healthy file in every format."""
    folder = tmp_path_factory.mktemp("healthy")
    for name in NAMES:
        library = importlib.import_module(name.partition(".")[0])
        hostile.healthy(library).save(folder / name)
    return {name: folder / name for name in NAMES}


def config_of(path: Path) -> Any:
    if path.suffix == ".h5":
        with h5py.File(path) as file:
            return json.loads(file.attrs["model_config"])
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("config.json"))


def with_text(source: Path, target: Path, text: str) -> Path:
    """A copy whose configuration is ``text``."""
    if source.suffix == ".h5":
        target.write_bytes(source.read_bytes())
        with h5py.File(target, "r+") as file:
            del file.attrs["model_config"]
            file["config"] = text  # an attribute holds 64 kB only
            file.attrs["model_config"] = text[:60_000]
        return target
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == "config.json" else old.read(name))
    return target


def opens(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            inspect_model(path)
        except AuditError as error:
            assert error.expected


@given(name=st.sampled_from(NAMES), data=st.data())
def test_configurations(files: dict[str, Path], name: str, data: st.DataObject) -> None:
    tree = data.draw(changed(config_of(files[name])))
    with place() as folder:
        opens(with_text(files[name], folder / name, written(tree)))


@given(name=st.sampled_from(NAMES), data=st.data())
def test_torn_files(files: dict[str, Path], name: str, data: st.DataObject) -> None:
    with place() as folder:
        (folder / name).write_bytes(data.draw(torn(files[name].read_bytes())))
        opens(folder / name)
