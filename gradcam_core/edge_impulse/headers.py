"""What the C headers of a deployment say about a model, read as text; nothing is compiled or run."""

import re
from collections.abc import Mapping
from pathlib import Path

from gradcam_core.edge_impulse.fields import Document
from gradcam_core.types import Scaling

FOLDER, FILES = "model-parameters", ("model_variables.h", "model_metadata.h")
SCALINGS: Mapping[str, Scaling] = {
    "NONE": "0..1",
    "0_255": "0..255",
    "TORCH": "torch",
    "MIN1_1": "-1..1",
    "MIN128_127": "-128..127",
    "BGR_SUBTRACT_IMAGENET_MEAN": "bgr-subtract-imagenet-mean",
}
_SCALING = re.compile(r"\bEI_CLASSIFIER_IMAGE_SCALING_(\w+)")
_MODE = re.compile(r"\bEI_CLASSIFIER_MODE_(\w+)")
_CATEGORIES = re.compile(r"\bei_classifier_inferencing_categories\w*\s*\[[^\]]*\]\s*=\s*\{([^}]*)\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_headers(folder: Path) -> Document:
    """classNames, mode and imageInputScaling as far as they are there and unambiguous."""
    files = [folder / FOLDER / name for name in FILES]
    text = "\n".join(one.read_text(encoding="utf-8", errors="replace") for one in files if one.is_file())
    found: Document = {}
    names = _CATEGORIES.search(text)
    if names:
        found["classNames"] = [_plain(one) for one in _STRING.findall(names[1])]
    scalings = {SCALINGS[one] for one in _SCALING.findall(text) if one in SCALINGS}
    if len(scalings) == 1:
        found["imageInputScaling"] = scalings.pop()
    modes = {one.lower().replace("_", "-") for one in _MODE.findall(text)}
    if len(modes) == 1:
        found["mode"] = modes.pop()
    return found


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
