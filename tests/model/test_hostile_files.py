"""Hostile model files: refused by name before anything of them is loaded, and no canary is touched."""

import importlib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model
from tests.model import hostile
from tests.model.hostile import becomes, calls, refused, setting, with_config

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The healthy file in every format."""
    folder = tmp_path_factory.mktemp("healthy")
    for library in ("keras", "tf_keras"):
        model = hostile.healthy(importlib.import_module(library))
        for ending in ("h5", "keras"):
            model.save(folder / f"{library}.{ending}")
    return {path.name: path for path in folder.iterdir()}


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    """A file that must never come to be."""
    return tmp_path / "canary"


@pytest.mark.parametrize("name", ["keras.h5", "keras.keras", "tf_keras.h5", "tf_keras.keras"])
def test_the_healthy_file_is_no_false_alarm(files: dict[str, Path], name: str) -> None:
    assert inspect_model(files[name]).classic.name == "conv"


FUNCTIONS = [
    "io.write_file",
    "io.gfile.copy",
    "io.read_file",
    "py_function",
    "load_library",
    "raw_ops.WriteFile",
]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_layer_that_calls_any_function_of_tensorflow(
    files: dict[str, Path], function: str, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_config(files["tf_keras.h5"], canary.with_name("model.h5"), calls(function, canary))
    refused(path, f"a call of {function}", monkeypatch)
    assert not canary.exists()


NAMED: list[tuple[str, Change]] = [
    ("ClassMethod", becomes("pool", class_name="ClassMethod", config={"cls_symbol": "io.gfile.GFile"})),
    (
        "a call of numpy",
        becomes("pool", class_name="InstanceMethod", module=None, config={"attr_name": "numpy"}),
    ),
    ("StringLookup", becomes("pool", class_name="StringLookup", config={"vocabulary": "/etc/passwd"})),
    ("TFSMLayer", becomes("pool", class_name="TFSMLayer", config={"filepath": "elsewhere"})),
    ("unknown class Popen", becomes("pool", class_name="Popen", module="subprocess")),
    ("unknown class Conv2D", becomes("conv", class_name="Conv2D", module="harmless.looking")),
    (
        "unknown class GlobalAverage",
        setting("conv", "extra", {"class_name": "GlobalAverage", "config": {}}),
    ),
    ("__lambda__", setting("conv", "activation", {"class_name": "__lambda__", "config": {"value": "x"}})),
    ("unknown class TypeSpec", setting("conv", "extra", {"class_name": "TypeSpec", "type_spec": "x"})),
    ("unknown activation 'eval'", setting("conv", "activation", "eval")),
    ("unknown kernel_initializer", setting("conv", "kernel_initializer", "tf.io.read_file")),
    (
        "unknown function os.system",
        setting("conv", "activation", {"class_name": "function", "module": "os", "config": "system"}),
    ),
    ("unknown class None", setting("conv", "extra", {"class_name": None, "config": {}})),
    ("Map", becomes("pool", class_name="Map", module="keras.src.ops.core")),
]


@pytest.mark.parametrize(("found", "change"), NAMED, ids=[found for found, _ in NAMED])
@pytest.mark.parametrize("name", ["keras.h5", "keras.keras", "tf_keras.h5", "tf_keras.keras"])
def test_a_configuration_that_names_what_is_not_on_the_list(
    files: dict[str, Path],
    name: str,
    found: str,
    change: Change,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused(with_config(files[name], tmp_path / f"model{Path(name).suffix}", change), found, monkeypatch)


@pytest.mark.parametrize("name", ["keras.keras", "tf_keras.keras"])
def test_what_only_training_needs_is_dropped_and_never_looked_at(
    files: dict[str, Path], name: str, tmp_path: Path
) -> None:
    def change(config: dict[str, Any]) -> None:
        config["compile_config"] = {"loss": {"class_name": "Own", "module": "os", "config": {}}}

    assert inspect_model(with_config(files[name], tmp_path / "model.keras", change)).outputs == 2


def _hdf5(files: dict[str, Path], target: Path, change: Callable[[h5py.File], None]) -> Path:
    target.write_bytes(files["tf_keras.h5"].read_bytes())
    with h5py.File(target, "r+") as file:
        change(file["model_weights"])
    return target


def _external(group: h5py.Group) -> None:
    group.create_dataset("more", (4,), "u1", external=[("/etc/passwd", 0, 4)])


def _virtual(group: h5py.Group) -> None:
    layout = h5py.VirtualLayout((4,), "u1")
    layout[:] = h5py.VirtualSource("/etc/passwd", "data", (4,))
    group.create_virtual_dataset("more", layout)


def _external_link(group: h5py.Group) -> None:
    group["more"] = h5py.ExternalLink("/etc/passwd", "/")


def _soft_link(group: h5py.Group) -> None:
    group["more"] = h5py.SoftLink("/elsewhere")


def _zeros(group: h5py.Group) -> None:
    group.create_dataset("more", (1 << 30,), "f4", chunks=(1 << 20,), compression="gzip")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_external, "stored in another file"),
        (_virtual, "a view of other data sets"),
        (_external_link, "a link to"),
        (_soft_link, "a link to"),
        (_zeros, "declares 4,096"),
    ],
)
def test_weights_that_lie_elsewhere_or_are_larger_than_the_file(
    files: dict[str, Path], change: Callable[[h5py.Group], None], found: str, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=found):
        inspect_model(_hdf5(files, tmp_path / "model.h5", change))


def test_a_configuration_that_asks_for_more_weights_than_the_file_holds(
    files: dict[str, Path], tmp_path: Path
) -> None:
    path = with_config(files["keras.keras"], tmp_path / "model.keras", setting("conv", "filters", 1 << 34))
    with pytest.raises(ModelError, match="more asked for by layer"):
        inspect_model(path)


def _added(
    files: dict[str, Path], target: Path, entry: zipfile.ZipInfo | str, content: bytes = b"x"
) -> Path:
    target.write_bytes(files["keras.keras"].read_bytes())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("assets")
    entry.external_attr = 0o120777 << 16
    return entry


@pytest.mark.parametrize("entry", ["../canary", "/etc/canary", "..\\canary", "C:canary", _link()])
def test_a_zip_with_an_entry_that_leads_out_of_it(
    files: dict[str, Path], entry: zipfile.ZipInfo | str, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="leads out of it"):
        inspect_model(_added(files, tmp_path / "model.keras", entry))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_configurations(files: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"two entries called .config\.json"):
        inspect_model(_added(files, tmp_path / "model.keras", "config.json", b"{}"))


def test_a_zip_bomb_is_refused_by_what_it_declares(files: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"80\.\d MB packed into 0\.\d MB"):
        inspect_model(_added(files, tmp_path / "model.keras", "zeros", bytes(80 << 20)))


def test_deep_and_damaged_json_is_a_damaged_file(tmp_path: Path) -> None:
    for content in ("[" * 200_000, '{"a": ' + "9" * 5000 + "}", "{"):
        with zipfile.ZipFile(tmp_path / "model.keras", "w") as archive:
            archive.writestr("config.json", content)
        with pytest.raises(ModelError, match="damaged"):
            inspect_model(tmp_path / "model.keras")
