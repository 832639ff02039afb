"""A checked Keras file -> a model, built from the checked configuration and the file's own weights."""

import importlib
import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import allowed_keras, containers
from gradcam_core.model.formats import ModelFile

SPARE = (
    1 << 20
)  # numbers that a model may ask for beyond those in its file (states of random layers and the like)


def load_keras(file: ModelFile, library: Any, trust_code: bool) -> Any:
    """The model in ``file``, made by ``library`` (Keras 3 or tf_keras), uncompiled.

    Raises:
        ModelError: the file reaches out of itself, or its configuration asks for more than it holds.
        Exception: whatever Keras raises for a file that it cannot read.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if file.kind == "h5":
            weights = file.path
            numbers = containers.numbers_in(file.path, file.path.name)
        else:
            weights = containers.unpack_weights(file.path, folder)
            numbers = containers.numbers_in(weights, f"{file.path.name}/{containers.WEIGHTS}")
        with _no_more_than(numbers, library), library.utils.custom_object_scope(_own_layers(library)):
            if file.kind == "h5":
                copy = containers.copy_hdf5(weights, folder, file.config)
                return library.models.load_model(str(copy), compile=False, **_unsafe(trust_code))
            model = library.saving.deserialize_keras_object(file.config, safe_mode=not trust_code)
            model.load_weights(str(weights))
            return model


def _unsafe(trust_code: bool) -> dict[str, bool]:
    return {"safe_mode": False} if trust_code else {}


def _own_layers(library: Any) -> dict[str, Any]:
    """Layers of ``applications`` by their names, which old ``.h5`` files give without their modules."""
    found = {}
    for module, names in allowed_keras.OF_APPLICATIONS.items():
        code = importlib.import_module(f"{library.__name__}.src.applications.{module}")
        found.update({name: getattr(code, name) for name in names})
    return found


@contextmanager
def _no_more_than(numbers: int, library: Any) -> Iterator[None]:
    """While a model is built, its layers may ask for as many weights as its file holds."""
    base = library.layers.Layer
    original = base.add_weight
    left = numbers + SPARE

    def counting(self: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal left
        shapes = [value for value in (*args, *kwargs.values()) if isinstance(value, (tuple, list))]
        left -= max((math.prod(int(axis) for axis in shape) for shape in shapes), default=1)
        if left < 0:
            raise ModelError(
                "as many weights as the configuration asks for",
                f"{numbers:,} in the file, and more asked for by layer {self.name!r}",
                containers.TODO,
            )
        return original(self, *args, **kwargs)

    base.add_weight = counting
    try:
        yield
    finally:
        base.add_weight = original


@contextmanager
def recording(library: Any, layer_of: dict[str, str]) -> Iterator[None]:
    """While a model is traced, note which layer made which tensor (``layer_of``: tensor -> layer name).

    Keras 3 numbers the names of operations, so the layers' names cannot be read off the graph.
    """
    if library is None:
        yield
        return
    # Keras 3 calls arithmetic between layers an operation, which is no layer but has a name, too
    bases = [library.layers.Layer, *([library.Operation] if hasattr(library, "Operation") else [])]
    originals = [base.__call__ for base in bases]
    for base, original in zip(bases, originals, strict=True):
        base.__call__ = _noting(original, layer_of)
    try:
        yield
    finally:
        for base, original in zip(bases, originals, strict=True):
            base.__call__ = original


def _noting(original: Any, layer_of: dict[str, str]) -> Any:
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        if isinstance(getattr(result, "name", None), str):
            layer_of.setdefault(result.name, self.name)
        return result

    return call
