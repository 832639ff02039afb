"""``model-parameters/*.h`` of a C++ library or a deployment: classes, task, scaling, resize and threshold.

The headers are read as text by patterns; nothing is ever compiled.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from gradcam_core.base.files import read_text
from gradcam_core.base.types import Resize, Scaling
from gradcam_core.projects.edge_impulse.api.fields import Document
from gradcam_core.projects.overrides import Overrides

FOLDER, FILES = "model-parameters", ("model_variables.h", "model_metadata.h")
SCALINGS: Mapping[str, Scaling] = {
    "NONE": "0..1",
    "0_255": "0..255",
    "TORCH": "torch",
    "MIN1_1": "-1..1",
    "MIN128_127": "-128..127",
    "BGR_SUBTRACT_IMAGENET_MEAN": "bgr-subtract-imagenet-mean",
}
RESIZES: Mapping[str, Resize] = {"FIT_SHORTEST": "fit-short", "FIT_LONGEST": "fit-long", "SQUASH": "squash"}
_SCALING = re.compile(r"\bEI_CLASSIFIER_IMAGE_SCALING_(\w+)")
_MODE = re.compile(r"\bEI_CLASSIFIER_MODE_(\w+)")
_CATEGORIES = re.compile(r"\bei_classifier_inferencing_categories\w*\s*\[[^\]]*\]\s*=\s*\{([^}]*)\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RESIZE = re.compile(r"#define\s+EI_CLASSIFIER_RESIZE_MODE\s+EI_CLASSIFIER_RESIZE_(\w+)")
_THRESHOLD = re.compile(r"#define\s+EI_CLASSIFIER_THRESHOLD\s+\(?(\d+(?:\.\d*)?)")
MOST = 1 << 24


def has_headers(folder: Path) -> bool:
    """Whether a folder is a C++ library or a deployment, unpacked."""
    return any((folder / FOLDER / name).is_file() for name in FILES)


def answers_of(folder: Path) -> Overrides:
    """What the headers say, as answers that everything the user says wins over."""
    found, text = read_headers(folder), _text(folder)
    resizes = {RESIZES[one] for one in _RESIZE.findall(text) if one in RESIZES}
    limits = {float(one) for one in _THRESHOLD.findall(text)}
    classes = found.get("mode", "classification") in ("classification", "object-detection")
    return Overrides(
        class_order=tuple(found.get("classNames", ())) or None if classes else None,
        scaling=found.get("imageInputScaling"),
        resize=resizes.pop() if len(resizes) == 1 else None,
        threshold=limits.pop() if classes and len(limits) == 1 else None,
    )


def read_headers(folder: Path) -> Document:
    """classNames, mode and imageInputScaling as far as they are there and unambiguous."""
    text = _text(folder)
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


def _text(folder: Path) -> str:
    files = [folder / FOLDER / name for name in FILES]
    return "\n".join(read_text(one, MOST, errors="replace") for one in files if one.is_file())
