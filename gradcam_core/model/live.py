"""A model that is in memory -> a frozen graph and its :class:`ModelInfo`."""

import re
from typing import Any

from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.model import backend
from gradcam_core.model.description import DescribedModel, examine
from gradcam_core.model.freeze import Frozen, freeze
from gradcam_core.model.load import LoadedModel

COLOURS = re.compile("\x1b\\[[0-9;]*m")  # Keras writes its errors for a terminal
EXPECTED = "a keras.Model of Keras 3 on TensorFlow, or of tf_keras"


def describe_live(model: Any, shape: tuple[int, ...]) -> DescribedModel:
    """Freeze ``model`` as it is now and look at it; ``shape`` (H, W, C) fills what its input leaves open.

    Raises:
        ModelError: another kind of model, several inputs or outputs, or one that cannot be traced.
    """
    major = keras_of(model)
    library = backend.keras_library(major)
    return examine(_frozen(_live(model, shape, library)), f"keras {major} in memory", sha256="")


def keras_of(model: Any) -> int:
    """Which Keras a model in memory is of: 3, or 2 for tf_keras.

    Raises:
        ModelError: of none, or of a Keras that does not run on TensorFlow.
    """
    roots = [kind.__module__.partition(".")[0] for kind in type(model).__mro__ if kind.__name__ == "Model"]
    major = {"keras": 3, "tf_keras": 2}.get(roots[-1] if roots else "")
    if major is None:
        found = f"an object of type {type(model).__name__}"
        raise ModelError(EXPECTED, found, "give such a model or the path of its file")
    if major == 3 and (runs_on := backend.keras_library(3).backend.backend()) != "tensorflow":
        todo = "set KERAS_BACKEND=tensorflow before keras is imported, or give the path of its file"
        raise ModelError(EXPECTED, f"a model of Keras 3 on {runs_on}", todo)
    return major


def _live(model: Any, shape: tuple[int, ...], library: Any) -> LoadedModel:
    """The model as a function; a subclassed one takes float32 pictures of ``shape``."""
    inputs = getattr(model, "inputs", None) or []
    if not inputs:
        return LoadedModel(lambda x: single(model(x, training=False)), (None, *shape), "float32", library)
    one_of("input", [tensor.name for tensor in inputs])
    one_of("output", [tensor.name for tensor in model.outputs])
    batch, *given = inputs[0].shape
    if None in given and len(given) != len(shape):
        raise ModelError(
            f"pictures with {len(given) + 1} axes, (N, height, width, channels)",
            f"{len(shape) + 1} axes",
            "give one picture as images[None], several stacked with numpy.stack",
        )
    filled = given if None not in given else [asked or own for asked, own in zip(given, shape, strict=True)]
    dtype = inputs[0].dtype if isinstance(inputs[0].dtype, str) else inputs[0].dtype.name
    return LoadedModel(lambda x: single(model(x, training=False)), (batch, *filled), dtype, library)


def _frozen(loaded: LoadedModel) -> Frozen:
    try:
        return freeze(loaded)
    except AuditError:
        raise
    except Exception as error:  # a subclassed model runs anything when it is called
        plain = COLOURS.sub("", " ".join(str(error).split()))[:300]
        raise ModelError(
            f"a model that can be traced on pictures of shape {loaded.shape[1:]}",
            plain or type(error).__name__,
            "try model.predict on them; keep to operations of Keras and TensorFlow in its call",
        ) from error


def one_of(what: str, names: list[str]) -> list[str]:
    """``names`` as they are; raises ``ModelError`` unless there is exactly one."""
    if len(names) != 1:
        raise ModelError(
            f"a model with one {what}",
            f"{len(names)} {what}s ({', '.join(map(str, names[:6]))})",
            f"make a model with a single {what} and give that",
        )
    return names


def single(result: Any) -> Any:
    """The tensor in an answer, which some models wrap in a dictionary or a list."""
    while isinstance(result, (dict, list, tuple)):
        result = next(iter(result.values())) if isinstance(result, dict) else result[0]
    return result
