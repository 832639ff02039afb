"""A recognised model file -> a function of one input, and the names of its layers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.choices import Choices
from gradcam_core.model.code_check import export_advice
from gradcam_core.model.formats import ModelFile
from gradcam_core.model.load_keras import load_keras
from gradcam_core.model.load_saved import load_saved


@dataclass(frozen=True)
class LoadedModel:
    """``call`` in inference mode, its single input (shape with the batch axis, dtype), and the Keras
    library that owns the layers (None for a SavedModel)."""

    call: Callable[[Any], Any] = field(repr=False)
    shape: tuple[int | None, ...]
    dtype: str
    library: Any = None


def load(file: ModelFile, choices: Choices) -> LoadedModel:
    """Load a model that :func:`gradcam_core.model.code_check.checked` has given back, or a trusted one.

    Raises:
        ModelError: no library can read it (both errors are reported), it has several inputs, or several
            outputs of which none was chosen.
    """
    if file.kind == "saved-model":
        call, inputs, outputs = load_saved(file, choices.trust_code)
        return _chosen(call, inputs, outputs, choices, None)
    return _keras(file, choices)


def _keras(file: ModelFile, choices: Choices) -> LoadedModel:
    errors = []
    for major in (file.library, 5 - file.library):
        library = backend.keras_library(major)
        try:
            model = load_keras(file, library, choices.trust_code)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  Keras raises anything for a file it cannot read
            errors.append(f"{library.__name__} {library.__version__}: {short(error)}")
        else:
            return _from_keras(model, library, choices)
    raise ModelError(
        "a model that Keras 3 or tf_keras can load",
        f"in {file.path.name} " + "; ".join(errors),
        "save it again with a released Keras version; if it has classes of its own, "
        + export_advice(file.path.name),
    )


def short(error: Exception) -> str:
    """The first line of an error's message."""
    lines = [line for line in str(error).splitlines() if line.strip()] or [type(error).__name__]
    return lines[0][:300]


def _from_keras(model: Any, library: Any, choices: Choices) -> LoadedModel:
    if not model.built or not getattr(model, "inputs", None):
        raise ModelError(
            "a model with a known input size",
            "a model that was saved before it was built",
            "call it once on a picture, then save it",
        )
    inputs = [(tensor.name, tuple(tensor.shape), _dtype(tensor)) for tensor in model.inputs]
    flatten = backend.tensorflow().nest.flatten

    def call(x: Any) -> list[Any]:
        return flatten(model(x, training=False))

    outputs = getattr(model, "output_names", None) or [tensor.name for tensor in model.outputs]
    return _chosen(call, inputs, list(outputs), choices, library)


def _dtype(tensor: Any) -> str:
    return tensor.dtype if isinstance(tensor.dtype, str) else tensor.dtype.name


def _chosen(
    call: Callable[[Any], list[Any]],
    inputs: Sequence[tuple[str, tuple[int | None, ...], str]],
    outputs: Sequence[str],
    choices: Choices,
    library: Any,
) -> LoadedModel:
    """The model of one input and one output out of what the file offers."""
    if len(inputs) != 1:
        names = ", ".join(name for name, *_ in inputs[:6])
        raise ModelError(
            "a model with one input",
            f"{len(inputs)} inputs ({names})",
            "make a model with a single input, the picture, and save that",
        )
    ((_, shape, dtype),) = inputs
    position = choices.position(outputs)
    return LoadedModel(lambda x: call(x)[position], choices.sized(shape), dtype, library)
