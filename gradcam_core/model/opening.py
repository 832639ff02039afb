"""Recognise, check, load and freeze a model file, in this process."""

from pathlib import Path

from gradcam_core.model import code_check, formats
from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.opening import frozen_exchange
from gradcam_core.model.freeze import Frozen, freeze
from gradcam_core.model.load import load


def opened(path: Path, choices: Choices) -> Frozen:
    """The frozen graph of the model at ``path``.

    Raises:
        UntrustedModelError: it holds or names code, and is not trusted; nothing of it was loaded.
        ModelError: it cannot be read, or the choices do not fit.
    """
    file = formats.recognise(path)
    if file.kind in ("onnx", "tflite"):  # trust lets nothing more in: there is nobody who would run it
        code_check.checked(file)
        return frozen_exchange(path, choices)
    checked = file if choices.trust_code else code_check.checked(file)
    return freeze(load(checked, choices), choices.trust_code)
