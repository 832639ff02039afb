"""Model downloads of Edge Impulse as they come: a zip around a Keras file or a SavedModel, a deployment."""

import zipfile
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.unzip import names_in
from gradcam_core.projects.edge_impulse.headers import answers_of, has_headers
from gradcam_core.projects.folder.packed import unzipped
from gradcam_core.projects.overrides import Overrides

KERAS, LITE, SAVED = (".h5", ".hdf5", ".keras"), (".tflite", ".lite"), "saved_model.pb"
DEPLOYED = ("trained.h5.zip", "trained.savedmodel.zip")  # of a deployment, best first
WANTED = "download the Keras .h5 or the SavedModel (Studio > Dashboard > Download block output)"
UNUSABLE = {
    ".eim": "a compiled Linux program, which holds no network that could be opened",
    ".fbz": "a network for Akida processors",
    ".dlc": "a network for Qualcomm processors",
    ".hef": "a network for Hailo processors",
}
"""Ending of a Studio download -> what it is."""


def model_in(path: Path) -> Path:
    """The model that a file given as one holds; the file itself where it is no package.

    Raises:
        ProjectError: a kind that cannot be audited, or a package without exactly one network.
        SourceError: a zip that is damaged or not safe to unpack.
    """
    if path.suffix.lower() in UNUSABLE:
        raise ProjectError("a network", f"{path.name}: {UNUSABLE[path.suffix.lower()]}", WANTED)
    return _found_in(unzipped(path), path) if is_package(path) else path


def package_answers(path: Path) -> Overrides:
    """What a deployment or a C++ library says of its network's input and classes beside the network."""
    folder = unzipped(path) if is_package(path) else path.parent
    return answers_of(folder) if has_headers(folder) else Overrides()


def is_package(path: Path) -> bool:
    """Whether this is a zip around something; ``.keras`` and ``.pt`` are zips, too, but models."""
    if path.suffix.lower() != ".zip" or not path.is_file() or not zipfile.is_zipfile(path):
        return False
    return "config.json" not in names_in(path)


def _found_in(folder: Path, path: Path) -> Path:
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    inner = next((folder / name for name in DEPLOYED if (folder / name).is_file()), None)
    if inner is not None:
        return _found_in(unzipped(inner), path)
    for kind in (_ending(files, KERAS), [one.parent for one in files if one.name == SAVED]):
        if len(kind) == 1:
            return kind[0]
        if kind:
            names = ", ".join(one.name for one in kind[:5])
            raise ProjectError(f"one network in {path.name}", names, "unpack it and name one with --model")
    lite = _ending(files, LITE)
    if len(lite) == 1:
        return lite[0]
    raise ProjectError(f"a Keras file or a SavedModel in {path.name}", _said(folder, files), WANTED)


def _ending(files: list[Path], endings: tuple[str, ...]) -> list[Path]:
    return [one for one in files if one.suffix.lower() in endings]


def _said(folder: Path, files: list[Path]) -> str:
    """What a package without a usable network is, in words."""
    if (folder / "tflite-model").is_dir() or has_headers(folder):
        return "a C++ library, whose network is compiled into its source (EON or TensorFlow Lite)"
    lite = _ending(files, LITE)
    if lite:
        return f"several TensorFlow Lite files: {', '.join(one.name for one in lite[:5])}"
    unusable = next((one for one in files if one.suffix.lower() in UNUSABLE), None)
    if unusable is not None:
        return f"{unusable.name}: {UNUSABLE[unusable.suffix.lower()]}"
    return ", ".join(one.name for one in files[:5]) or "nothing"
