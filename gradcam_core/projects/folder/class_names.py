"""The order of the classes: given, read from a labels file, or the sorted names as Keras' loaders do it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_text
from gradcam_core.base.text import short
from gradcam_core.images.regions.formats.yolo import yaml_names

_NAMED = ("labels", "classes", "class_names", "class_indices")
LABEL_FILES = (*(f"{name}{suffix}" for suffix in (".txt", ".json") for name in _NAMED), "data.yaml")
SUFFIXES = (".txt", ".json", ".names", ".labels", ".yaml")
MOST_BYTES = 2**20
_KEYS = ("class_names", "classes", "labels", "names")
_INDEXED = re.compile(r"^(\d+)[\s:,;]+(\S.*)$")


def read_labels_file(file: Path) -> tuple[str, ...]:
    """Class names in output order, from a line per class, a JSON list or object, or YOLO's data.yaml.

    Lines may begin with their index, from 0 or from 1; a JSON object may map names to indices or indices
    to names, or hold the list under "classes", "labels", "class_names" or "names".

    Raises:
        ProjectError: unreadable, empty, or a name twice.
    """
    if file.suffix.lower() not in SUFFIXES:
        todo = "name a text file with a line per class, or a JSON file"
        raise ProjectError(f"class names in a file that ends in {', '.join(SUFFIXES)}", file.name, todo)
    try:
        text = read_text(file, MOST_BYTES)
        names = _READERS.get(file.suffix.lower(), _from_lines)(text)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise ProjectError(
            f"class names in {file}, one per line or as a JSON list",
            short(error),
            "write the file again",
        ) from error
    repeated = sorted({name for name in names if names.count(name) > 1})
    if not names or repeated:
        found = f"{short(', '.join(repeated))} more than once" if repeated else "no names"
        raise ProjectError(f"every class name once in {file}", found, "correct the file")
    return names


def _from_lines(text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    indexed = [_INDEXED.match(line) for line in lines]
    numbers = [int(m[1]) for m in indexed if m]
    if lines and numbers in (list(range(len(lines))), list(range(1, len(lines) + 1))):
        return tuple(m[2] for m in indexed if m)
    return tuple(lines)


def names_classes(file: Path) -> bool:
    """Whether a file that was merely found is about classes; a YAML file may be about anything."""
    return file.suffix.lower() != ".yaml" or bool(yaml_names(read_text(file, MOST_BYTES, errors="replace")))


def _from_yaml(text: str) -> tuple[str, ...]:
    return tuple(yaml_names(text).values())


def _from_json(data: Any) -> tuple[str, ...]:
    if isinstance(data, list):
        return tuple(str(name) for name in data)
    if not isinstance(data, dict):
        raise ValueError(f"JSON {type(data).__name__} instead of a list or object")
    for key in _KEYS:
        if isinstance(data.get(key), list | dict):
            return _from_json(data[key])
    if all(isinstance(value, int) for value in data.values()):
        data = {value: name for name, value in data.items()}
    order = sorted(data, key=int)
    return tuple(str(data[index]) for index in order)


_READERS: dict[str, Callable[[str], tuple[str, ...]]] = {
    ".json": lambda text: _from_json(json.loads(text)),
    ".yaml": _from_yaml,
}
