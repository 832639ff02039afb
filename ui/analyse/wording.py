"""Texts of the core name options of the command line; here they name the fields of the page."""

import re
from collections.abc import Mapping

FIELDS: Mapping[str, str] = {
    "model": "Model",
    "quantised": "Int8 network",
    "images": "Pictures",
    "regions": "Object regions",
    "labels": "Labels",
    "scaling": "Scaling of pixel values",
    "resize": "Resizing",
    "resize-method": "Resampling",
    "channels": "Channels",
    "channel-order": "Channel order",
    "orientation": "Way up of turned pictures",
    "regions-orientation": "Way up that regions were drawn on",
    "intensity": "Depth of grey",
    "background": "Behind transparent pixels",
    "labels-from": "Labels come from",
    "uncertain": "Uncertain labels",
    "label-names": "Names of labels",
    "category": "Category",
    "class-threshold": "Thresholds of single classes",
    "output": "Output of the model",
    "input-size": "Input size",
    "maps": "Map sets",
    "method": "Method of the classic maps",
    "layer": "Layer of the classic maps",
    "fine-layer": "Layer of the fine maps",
    "explain": "Explained class",
    "pooling": "Pooling of gradients",
    "engine": "Engine",
    "trust-code": "I trust the code inside this model file",
    "host": "Host",
    "impulse": "Impulse",
    "block": "Learn block",
    "via": "How samples are fetched",
    "threshold": "Threshold",
    "tolerance": "Tolerance",
    "task": "What the model answers",
}
_SAID = (
    ("check EI_API_KEY", "copy the key again, whole"),
    ("EI_API_KEY", "the API key"),
    ("leave --via export out", "choose “one by one” in the field “How samples are fetched”"),
    ("leave --channels out", "leave the field “Channels” as it was"),
    ("use --maps classic", "choose “classic” in the field “Map sets”"),
)
_OPTION = re.compile(
    r"(?P<put>\bwith )?--(?P<name>[a-z]+(?:-[a-z]+)*)"
    r"(?:=(?P<value>\S+)| (?P<number>-?\d[\d.]*)| (?:FILE|ID)\b)?"
)


def in_page(text: str) -> str:
    """'give it with --model' -> 'give it in the field “Model”'; unknown options stay as they are."""
    for option, words in _SAID:
        text = text.replace(option, words)
    return _OPTION.sub(_field, text)


def _field(found: re.Match[str]) -> str:
    if found["name"] not in FIELDS:
        return found[0]
    put = "in " if found["put"] else ""
    given = found["value"] or found["number"]
    value = f"{given} in " if given else ""
    return f"{put}{value}the field “{FIELDS[found['name']]}”"


def sentence(text: str) -> str:
    """As :func:`in_page`, beginning with a capital letter."""
    said = in_page(text)
    return said[:1].upper() + said[1:]
