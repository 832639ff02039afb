"""A recognised model file -> a function of one input, and the names of its layers."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.formats import ModelFile

SIGNATURES = ("serving_default", "serve")


@dataclass(frozen=True)
class LoadedModel:
    """``call`` in inference mode, its single input (shape with the batch axis, dtype), and the Keras
    library that owns the layers (None for a SavedModel)."""

    call: Callable[[Any], Any] = field(repr=False)
    shape: tuple[int | None, ...]
    dtype: str
    library: Any = None


def load(file: ModelFile, trust_code: bool) -> LoadedModel:
    """Load a model that :func:`gradcam_core.model.code_check.check` has passed.

    Raises:
        ModelError: no library can read it (both errors are reported), or it has several inputs or outputs.
    """
    return _saved_model(file.path) if file.kind == "saved-model" else _keras(file, trust_code)


def _keras(file: ModelFile, trust_code: bool) -> LoadedModel:
    errors = []
    for major in (file.library, 5 - file.library):
        library = backend.keras_library(major)
        try:
            return _from_keras(_load_with(library, file, trust_code), library)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  Keras raises anything for a file it cannot read
            errors.append(f"{library.__name__} {library.__version__}: {short(error)}")
    raise ModelError(
        "a model that Keras 3 or tf_keras can load",
        f"in {file.path.name} " + "; ".join(errors),
        "save it again with a released Keras version, without custom classes",
    )


def short(error: Exception) -> str:
    """The first line of an error's message."""
    lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return lines[0][:300]


def _load_with(library: Any, file: ModelFile, trust_code: bool) -> Any:
    """Keras decides by the name's ending, so it sees the file under the name that its content deserves."""
    options = {"safe_mode": False} if trust_code else {}
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / ("model.h5" if file.kind == "h5" else "model.keras")
        link.symlink_to(file.path.resolve())
        return library.models.load_model(str(link), compile=False, **options)


def _from_keras(model: Any, library: Any) -> LoadedModel:
    if not model.built or not getattr(model, "inputs", None):
        raise ModelError(
            "a model with a known input size",
            "a model that was saved before it was built",
            "call it once on a picture, then save it",
        )
    one_of("input", [tensor.name for tensor in model.inputs])
    one_of("output", [tensor.name for tensor in model.outputs])
    tensor = model.inputs[0]
    dtype = tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name
    return LoadedModel(lambda x: single(model(x, training=False)), tuple(tensor.shape), dtype, library)


def _saved_model(path: Path) -> LoadedModel:
    tf = backend.tensorflow()
    try:
        loaded = tf.saved_model.load(str(path))
    except Exception as error:
        raise ModelError(
            "a readable SavedModel", f"{path.name}: {short(error)}", "export it again"
        ) from error
    signature = _signature(loaded.signatures)
    (name,) = one_of("input", list(signature.structured_input_signature[1]))
    one_of("output", list(signature.structured_outputs))
    spec = signature.structured_input_signature[1][name]
    shape = (None,) if spec.shape.rank is None else tuple(spec.shape)

    def call(x: Any, keep: Any = loaded) -> Any:  # the signature's variables live as long as ``keep``
        return single(signature(**{name: x}))

    return LoadedModel(call, shape, spec.dtype.name)


def _signature(signatures: Mapping[str, Any]) -> Any:
    names = [name for name in SIGNATURES if name in signatures] or list(signatures)
    if not names:
        raise ModelError("a SavedModel with a serving signature", "none", "export it with model.export")
    return signatures[names[0]]


def one_of(what: str, names: list[str]) -> list[str]:
    """``names`` as they are; raises ``ModelError`` unless there is exactly one."""
    if len(names) != 1:
        raise ModelError(
            f"a model with one {what}",
            f"{len(names)} {what}s ({', '.join(map(str, names[:6]))})",
            f"make a model with a single {what} and save that",
        )
    return names


def single(result: Any) -> Any:
    """The tensor in an answer, which some models wrap in a dictionary or a list."""
    while isinstance(result, (dict, list, tuple)):
        result = next(iter(result.values())) if isinstance(result, dict) else result[0]
    return result


@contextmanager
def recording(library: Any, layer_of: dict[str, str]) -> Iterator[None]:
    """While a model is traced, note which layer made which tensor (``layer_of``: tensor -> layer name).

    Keras 3 numbers the names of operations, so the layers' names cannot be read off the graph.
    """
    if library is None:
        yield
        return
    base = library.layers.Layer
    original = base.__call__

    def noting(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        if isinstance(getattr(result, "name", None), str):
            layer_of.setdefault(result.name, self.name)
        return result

    base.__call__ = noting
    try:
        yield
    finally:
        base.__call__ = original
