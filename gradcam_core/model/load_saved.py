"""A checked SavedModel -> one of its signatures as a function."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.formats import ModelFile
from gradcam_core.model.load_v1 import is_v1, load_v1
from gradcam_core.model.saved_graph import SAVED_MODEL_FILE, read_saved_model

SIGNATURES = ("serving_default", "serve")
VARIABLES = "variables"
Inputs = list[tuple[str, tuple[int | None, ...], str]]


def load_saved(file: ModelFile, trust_code: bool) -> tuple[Callable[[Any], list[Any]], Inputs, list[str]]:
    """The serving signature: the function, its inputs (name, shape, dtype) and its outputs' names.

    What TensorFlow opens is a folder of our own: the checked graph, and the model's weights.

    Raises:
        ModelError: it cannot be read, or has no signature.
    """
    message = read_saved_model(file.path) if trust_code else file.config
    with tempfile.TemporaryDirectory() as place:
        folder = file.path if trust_code else _prepared(file, Path(place))
        if is_v1(message):
            signature = _signature(message.meta_graphs[0].signature_def)
            return load_v1(message, folder / VARIABLES / VARIABLES, signature)
        try:
            loaded = backend.tensorflow().saved_model.load(str(folder))
        except Exception as error:
            raise ModelError(
                "a readable SavedModel", f"{file.path.name}: {str(error)[:300]}", "export it again"
            ) from error
    signature = _signature(loaded.signatures)
    inputs = [
        (name, (None,) if spec.shape.rank is None else tuple(spec.shape), spec.dtype.name)
        for name, spec in signature.structured_input_signature[1].items()
    ]
    outputs = sorted(signature.structured_outputs)

    def call(x: Any, keep: Any = loaded) -> list[Any]:  # the variables live as long as ``keep``
        found = signature(**{inputs[0][0]: x})
        return [found[name] for name in outputs]

    return call, inputs, outputs


def _prepared(file: ModelFile, folder: Path) -> Path:
    (folder / SAVED_MODEL_FILE).write_bytes(file.config.SerializeToString())
    root = file.path.resolve()
    weights = root / VARIABLES
    if weights.is_dir():
        (folder / VARIABLES).mkdir()
        for entry in weights.iterdir():
            if entry.is_symlink() or not entry.is_file():
                raise ModelError(
                    "a SavedModel with its own weights",
                    f"{file.path.name}/{VARIABLES}/{entry.name} leads elsewhere",
                    "copy the whole folder",
                )
            (folder / VARIABLES / entry.name).symlink_to(entry)
    return folder


def _signature(signatures: Mapping[str, Any]) -> Any:
    names = [name for name in SIGNATURES if name in signatures] or list(signatures)
    if not names:
        raise ModelError("a SavedModel with a serving signature", "none", "export it with model.export")
    return signatures[names[0]]
