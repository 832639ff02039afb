"""Maps of any Keras model and arrays, without a project: what an audit computes of a batch, by itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcam_core.auditing.explained import Explained
from gradcam_core.base.errors import AuditError, ModelError
from gradcam_core.base.logits import predicted_class
from gradcam_core.base.logits import probabilities as head_probabilities
from gradcam_core.base.types import Activation, Floats, MapSet
from gradcam_core.maps.cams import CAMS, Method, offered
from gradcam_core.model import open_explainer, open_live
from gradcam_core.model.contract import Explainer, ModelInfo, Targets

BATCH = 32  # pictures per pass, as in an audit


def explain(
    model: Any,
    images: ArrayLike,
    method: str = "grad-cam",
    classes: int | Sequence[int] | ArrayLike | None = None,
    *,
    layer: str | None = None,
    engine: str = "tensorflow",
    trust_code: bool = False,
) -> Explained:
    """Maps, logits and probabilities of a Keras model on an array of pictures.

    The pictures have to be **what the network gets**: numbers as you hand them to ``model.predict``, at the
    network's size and already scaled (0..1, -1..1, 0..255, whatever it was trained on). Nothing is
    resized or rescaled here; whole numbers are taken as the same numbers in float32.

    Args:
        model: a ``keras.Model`` in memory (Keras 3 on TensorFlow or tf_keras; functional, nested,
            Sequential, or subclassed), or the path of a model file (.h5, .keras, .onnx, .tflite, SavedModel
            folder).
        images: (N, H, W, 3) floats or whole numbers; (N, H, W, 1) for a grey network.
        method: a CAM method: "grad-cam", "grad-cam++", "xgrad-cam", "hires-cam", "layer-cam", "eigen-cam",
            "score-cam", "ablation-cam", or "grad-cam-sum-abs".
        classes: what is explained: None the predicted class of each picture; one class index for all; N
            indices; or (N, K) weights of the outputs, for a model that answers per cell of a grid.
        layer: name of the layer of the maps; default the last one with a grid.
        engine: "tensorflow", or as in :func:`audit`: "auto" is faster for many pictures.
        trust_code: load a model file that holds code.

    Raises:
        ModelError: the model cannot be loaded or explained.
        AuditError: pictures, classes or method do not fit the model.
    """
    if method not in offered():
        known = ", ".join(offered())
        raise AuditError(f"a CAM method out of: {known}", repr(method), "choose one of these")
    given = _pictures(images)
    if isinstance(model, str | Path):
        explainer = open_explainer(
            Path(model), classic=layer, engine=engine, trust_code=trust_code, maps=("classic",)
        )
    else:
        explainer = open_live(model, given.shape[1:], layer=layer, engine=engine)
    _check_shape(given, explainer.info)
    asked = _targets(classes, len(given), explainer.info)
    passes = list(_passes(explainer, given, asked, CAMS[method]))
    maps, logits, explained = (np.concatenate(part) for part in zip(*passes, strict=True))
    activation = explainer.info.activation
    return Explained(
        maps=maps,
        logits=logits,
        probabilities=probabilities(logits, activation),
        predicted=predicted_class(logits, activation),
        classes=explained,
        layer=explainer.layers["classic"].name,
        method=method,
        images=given,
    )


def probabilities(logits: Floats, activation: Activation) -> Floats:
    """(N, C) float32 per class out of logits (N, K); NaN where the output is one number.

    Several linear outputs are the logits of classes, as in an audit.
    """
    several = activation == "linear" and logits.shape[1] > 1
    return head_probabilities(logits, "softmax" if several else activation).astype(np.float32)


def _passes(
    explainer: Explainer, given: NDArray[Any], asked: Targets | None, cam: Method
) -> Iterator[tuple[Floats, Floats, Targets]]:
    """(maps, logits, explained) of one batch after the other."""
    gradients: Sequence[MapSet] = ("classic",) if cam.needs_gradients else ()
    for start in range(0, len(given), BATCH):
        rows = slice(start, start + BATCH)
        inputs = given[rows].astype(np.float32)
        result = explainer.explain(inputs, None if asked is None else asked[rows], gradients=gradients)
        yield cam.compute(result.evidence["classic"]), result.logits, result.targets


def _pictures(images: ArrayLike) -> NDArray[Any]:
    array = np.asarray(images)
    if array.ndim < 2 or not len(array) or array.dtype.kind not in "fiu":
        raise AuditError(
            "pictures as an array of numbers (N, height, width, channels)",
            f"shape {array.shape} of {array.dtype}",
            "stack them with numpy.stack",
        )
    return array


def _check_shape(given: NDArray[Any], info: ModelInfo) -> None:
    if given.shape[1:] != info.shape:
        wanted = ", ".join(map(str, info.shape))
        one = given.shape == info.shape
        raise AuditError(
            f"pictures of shape (N, {wanted}), what the network gets",
            str(given.shape),
            "give images[None]" if one else "resize and scale them as you do for model.predict",
        )


def _targets(classes: Any, count: int, info: ModelInfo) -> Targets | None:
    """None, (N,) class index or (N, K) weights."""
    if info.output_grid is not None and np.ndim(classes) != 2:
        raise ModelError(
            f"weights ({count}, {info.outputs}) of the outputs as classes: the model answers per cell",
            "none" if classes is None else f"{np.ndim(classes)} axes",
            "give weights, 1 at the outputs that are asked for, or audit the model as a project",
        )
    if classes is None:
        return None
    array = np.asarray(classes)
    if array.shape == (count, info.outputs) and array.dtype.kind in "fiu":
        return array.astype(np.float32)
    indices = np.broadcast_to(array, count) if array.ndim == 0 else array
    if indices.shape != (count,) or array.dtype.kind not in "iu" or not _known(indices, info.classes):
        raise AuditError(
            f"one class index from 0 to {info.classes - 1}, or {count} of them",
            f"{np.array2string(array, threshold=6)}",
            "leave classes out for the predicted one",
        )
    return indices.astype(np.intp)


def _known(indices: NDArray[Any], classes: int) -> bool:
    return bool(((indices >= 0) & (indices < classes)).all())
