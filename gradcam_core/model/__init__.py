"""Any image model: inspect it, cut it, explain it. Importing this package imports no TensorFlow."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.types import MapSet
from gradcam_core.model.choices import Choices
from gradcam_core.model.contract import ModelInfo, Network


def inspect_model(
    path: Path,
    *,
    trust_code: bool = False,
    output: str | None = None,
    size: tuple[int, int] | None = None,
) -> ModelInfo:
    """What the model at ``path`` is, its candidate layers and the default ones.

    Args:
        path: Keras 2 or 3 ``.h5``, ``.keras``, a SavedModel folder, ``.onnx`` or ``.tflite``; told apart by
            content.
        trust_code: load it although the file holds code (Lambda and the like).
        output: name of the output to explain, where the model has several.
        size: (height, width) of the input, where the model leaves them open.

    Raises:
        UntrustedModelError: the file holds code and is not trusted; nothing was loaded.
        ModelError: it cannot be read or cannot be explained; says what was found.
    """
    from gradcam_core.model.description import describe

    return describe(Path(path), Choices(trust_code, output, size)).info


def open_explainer(  # noqa: PLR0913  everything that can be chosen, by name
    path: Path,
    *,
    classic: str | None = None,
    fine: str | None = None,
    engine: str = "auto",
    trust_code: bool = False,
    maps: Sequence[MapSet] = ("classic", "fine"),
    classes: int | None = None,
    output: str | None = None,
    size: tuple[int, int] | None = None,
) -> Network:
    """Open the model at ``path`` for explaining.

    Args:
        path: as in :func:`inspect_model`.
        classic: name of the layer of the classic maps; default the last spatial one.
        fine: name of the layer of the fine maps; default the deepest one at least twice as fine.
        engine: "auto", "tensorflow", "openvino" or "openvino-bf16" (see docs/performance.md).
        trust_code, output, size: as in :func:`inspect_model`.
        maps: which map sets are wanted; a set without a layer is left out.
        classes: how many classes the outputs stand for, where that is known; one linear output for
            two classes is read as the logit of the second.

    Raises:
        UntrustedModelError, ModelError: as in :func:`inspect_model`, or an unknown layer or engine.
    """
    from gradcam_core.model.description import describe
    from gradcam_core.model.engines import assemble

    described = describe(Path(path), Choices(trust_code, output, size)).read_as(classes)
    return assemble(described, described.chosen({"classic": classic, "fine": fine}, maps), engine)


def open_live(
    model: Any, shape: tuple[int, ...], *, layer: str | None = None, engine: str = "tensorflow"
) -> Network:
    """Open a model that is in memory, for classic maps. It is not changed, and later changes are not seen.

    Args:
        model: a ``keras.Model`` of Keras 3 (on TensorFlow) or tf_keras; a subclassed one is traced.
        shape: (H, W, C) of the pictures it will get, where the model leaves its input open.
        layer: name of the layer of the maps; default the last spatial one.
        engine: as in :func:`open_explainer`.

    Raises:
        ModelError: no such model, or it cannot be explained; says what was found.
    """
    from gradcam_core.model.engines import assemble
    from gradcam_core.model.live import describe_live

    described = describe_live(model, shape)
    return assemble(described, described.chosen({"classic": layer, "fine": None}, ("classic",)), engine)


def files_beside(path: Path) -> tuple[Path, ...]:
    """The files beside the model file at ``path`` that hold its weights (ONNX); nothing of it is loaded."""
    from gradcam_core.model.exchange.onnx_file import companions

    return companions(Path(path))
