"""Which kind of model file is this? Answered from the content, never from the name."""

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import h5py

from gradcam_core.base.errors import ModelError
from gradcam_core.base.hashing import file_sha256
from gradcam_core.model import foreign
from gradcam_core.model.containers import CONFIG, check_zip, read_json
from gradcam_core.model.exchange.onnx_file import companions, is_onnx
from gradcam_core.model.exchange.tflite_file import MAGIC
from gradcam_core.model.saved_graph import SAVED_MODEL_FILE

Kind = Literal["h5", "zip", "saved-model", "onnx", "tflite"]
METADATA = "metadata.json"
DAMAGES = (
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
EXPECTED = "a Keras model (.h5 or .keras), a TensorFlow SavedModel folder, ONNX or TensorFlow Lite"
TITLES = {"saved-model": "SavedModel", "onnx": "ONNX", "tflite": "TensorFlow Lite"}


@dataclass(frozen=True)
class ModelFile:
    """A recognised model file: its kind, the Keras that wrote it, and the layers' configuration.

    ``config`` is the parsed ``model_config``, or of a SavedModel the message that was checked; ``major`` is
    2 or 3, 0 if unknown.
    """

    path: Path
    kind: Kind
    major: int = 0
    config: Any = field(default=None, repr=False)

    @property
    def library(self) -> int:
        """Which Keras to try first, 2 or 3: the one that wrote it, else by the kind of file."""
        return 3 if self.major >= 3 or (self.major == 0 and self.kind == "zip") else 2

    @property
    def title(self) -> str:
        if self.kind in TITLES:
            return TITLES[self.kind]
        return f"keras {self.major or 2} h5" if self.kind == "h5" else f"keras {self.major or 3}"


def recognise(path: Path) -> ModelFile:
    """Tell the format of ``path`` by its content.

    Raises:
        ModelError: missing, damaged, or not one of the formats; says what was found.
    """
    if not path.exists():
        raise ModelError(EXPECTED, f"{path} does not exist", "check the path")
    if path.is_dir():
        return _folder(path)
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\x89HDF"):
        return _hdf5(path)
    if head[4:] == MAGIC:
        return ModelFile(path, "tflite")
    found = foreign.kind_of(path, head)
    if found is not None:
        raise ModelError(EXPECTED, f"{path.name} is {found.title}", found.todo(path.name))
    if head.startswith(b"PK"):
        return _zip(path)
    if head and is_onnx(path):
        return ModelFile(path, "onnx")
    said = f"of no known kind (it begins with {head!r})" if head else "empty"
    raise ModelError(EXPECTED, f"{path.name} is {said}", "export the model as .keras, .h5 or .onnx")


def _folder(path: Path) -> ModelFile:
    if (path / SAVED_MODEL_FILE).is_file():
        return ModelFile(path, "saved-model")
    inside = sorted(entry.name for entry in path.iterdir())[:5]
    raise ModelError(
        EXPECTED,
        f"the folder {path} holds no {SAVED_MODEL_FILE} but {', '.join(inside) or 'nothing'}",
        "name the model file or the SavedModel folder itself",
    )


def _major(version: object) -> int:
    text = version.decode() if isinstance(version, bytes) else str(version or "")
    return int(text[0]) if text[:1].isdigit() else 0


def _hdf5(path: Path) -> ModelFile:
    try:
        with h5py.File(path, "r") as file:
            attributes = dict(file.attrs)
        config = attributes.get("model_config")
        parsed = None if config is None else json.loads(config)
    except DAMAGES as error:
        raise ModelError(
            EXPECTED, f"{path.name} is a damaged HDF5 file ({error})", "copy or download it again"
        ) from error
    if parsed is None:
        raise ModelError(
            EXPECTED,
            f"{path.name} is HDF5 without model_config: weights only, or not from Keras",
            "save the whole model with model.save",
        )
    return ModelFile(path, "h5", _major(attributes.get("keras_version")), parsed)


def _zip(path: Path) -> ModelFile:
    try:
        with zipfile.ZipFile(path) as archive:
            check_zip(archive, path)
            names = archive.namelist()
            if CONFIG not in names:
                raise ModelError(
                    EXPECTED, f"{path.name} is a zip of {', '.join(names[:5])}", "unzip it first"
                )
            config = read_json(archive, CONFIG)
            metadata = read_json(archive, METADATA) if METADATA in names else {}
        major = _major(metadata.get("keras_version"))
    except DAMAGES as error:
        raise ModelError(
            EXPECTED, f"{path.name} is a damaged zip file ({error})", "copy or download it again"
        ) from error
    return ModelFile(path, "zip", major, config)


def content_hash(path: Path) -> str:
    """SHA-256 of a file, or of a list of relative names and hashes, in sorted order: of a folder's files,
    or of a model and the weights beside it."""
    beside = companions(path)
    if not path.is_dir() and not beside:
        return file_sha256(path)
    root = path.parent if beside else path
    files = sorted([path, *beside] if beside else (entry for entry in path.rglob("*") if entry.is_file()))
    listing = "\n".join(f"{file.relative_to(root).as_posix()} {file_sha256(file)}" for file in files)
    return hashlib.sha256(listing.encode()).hexdigest()
