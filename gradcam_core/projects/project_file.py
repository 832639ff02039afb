"""project.toml: the answers of the user, kept with the project. Paths are relative to the file."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import among, below
from gradcam_core.base.paths import roots
from gradcam_core.base.picture_rules import Orientation, background_of, check_intensity
from gradcam_core.base.text import short
from gradcam_core.base.types import ChannelOrder, Resize, ResizeMethod, Scaling
from gradcam_core.projects.overrides import LabelsFrom, Overrides, Uncertain
from gradcam_core.tasks import TASKS

FILE_NAME = "project.toml"
REMOTE = ("host", "impulse", "block", "via")  # of no meaning to a folder
KEYS = tuple(field.name for field in fields(Overrides) if field.name not in REMOTE)
_TYPES: dict[str, type] = {
    **{"class_order": list, "label_names": list, "channels": int, "threshold": float, "tolerance": float},
    "class_thresholds": dict,
}
_PATHS = ("model", "quantised", "images", "regions", "labels")
_CHOICES = {
    "scaling": get_args(Scaling),
    "resize": get_args(Resize),
    "resize_method": get_args(ResizeMethod),
    "channel_order": get_args(ChannelOrder),
    "orientation": get_args(Orientation),
    "regions_orientation": get_args(Orientation),
    "labels_from": get_args(LabelsFrom),
    "uncertain": get_args(Uncertain),
}


def read_project_file(file: Path, stronger: Overrides | None = None) -> Overrides:
    """The answers in a project.toml; paths that ``stronger`` answers, which wins, are left out.

    Raises:
        ProjectError: not TOML, an unknown key, a value of the wrong kind, or a path that leads elsewhere.
    """
    try:
        data = tomllib.loads(read_text(file))
    except (OSError, ValueError, RecursionError) as error:
        raise ProjectError(f"TOML in {file}", str(error), "correct the file") from error
    if isinstance(data.get("labels"), dict):  # a table [labels]: label = "class"
        data["label_names"] = [f"{label}={name}" for label, name in data.pop("labels").items()]
    unknown = [key for key in data if key not in KEYS]
    if unknown:
        raise ProjectError(
            f"keys out of {', '.join(KEYS)} in {file}",
            short(", ".join(unknown)),
            "correct or remove the key",
        )
    known = {key for key in _PATHS if getattr(stronger, key, None) is not None}
    answers = Overrides(**{key: _value(file, key, data[key]) for key in data if key not in known})
    check_answers(answers)
    return answers


def _value(file: Path, key: str, value: Any) -> Any:
    wanted, kind = _TYPES.get(key, str), type(value)
    if kind is not wanted and (kind, wanted) != (int, float):
        raise ProjectError(f"{key} as {wanted.__name__} in {file}", short(repr(value)), "correct the value")
    if key in _PATHS:
        return _place(file.parent, value)
    return tuple(str(name) for name in value) if kind is list else value


def _place(folder: Path, written: str) -> Path:
    """A path of the file. It stays in the file's folder, or in ``GRADCAM_ROOTS`` where that is set.

    Raises:
        ProjectError: it leads elsewhere. Whoever types a command may name any place, a file may not.
    """
    try:
        below(folder, written, ProjectError)
    except ProjectError as error:
        if (allowed := roots()) is not None:
            among(Path(folder, written), allowed)
        else:
            todo = f"{error.todo}: on the command line, or with its folder in GRADCAM_ROOTS"
            raise ProjectError(error.expected, error.found, todo) from None
    return folder / written


def check_answers(answers: Overrides) -> None:
    """Refuse values outside the known choices.

    Raises:
        AuditError: names the choices.
    """
    for key, choices in _CHOICES.items():
        value = getattr(answers, key)
        if value is not None and value not in choices:
            raise ProjectError(
                f"{key} out of: {', '.join(choices)}", short(repr(value)), "choose one of these"
            )
    if answers.intensity is not None:
        check_intensity(answers.intensity)
    if answers.background is not None:
        background_of(answers.background)
    if answers.task is not None:
        TASKS[answers.task]
    for name, value in (answers.class_thresholds or {}).items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ProjectError(f"a number as threshold of {name}", short(repr(value)), "correct it")
    if answers.tolerance is not None and not answers.tolerance >= 0:
        raise ProjectError("a tolerance of 0 or more", str(answers.tolerance), "correct it")
    if answers.channels not in (None, 1, 3):
        raise ProjectError("channels 1 (grey) or 3 (RGB)", str(answers.channels), "choose one of these")


def write_project_file(file: Path, answers: Overrides) -> None:
    """Write the answers that are not None; paths inside the folder become relative."""
    lines = []
    for key in KEYS:
        value = getattr(answers, key)
        if isinstance(value, Path):
            value = _relative(value, file.parent)
        if value is not None:
            lines.append(f"{key} = {_toml(value)}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: Any) -> str:
    """JSON's strings, numbers and lists are TOML's, too; its objects are not."""
    if isinstance(value, Mapping):
        parts = [f"{json.dumps(key, ensure_ascii=False)} = {_toml(one)}" for key, one in value.items()]
        return f"{{ {', '.join(parts)} }}"
    return json.dumps(value, ensure_ascii=False)


def _relative(path: Path, folder: Path) -> str:
    absolute, base = path.resolve(), folder.resolve()
    return (absolute.relative_to(base) if absolute.is_relative_to(base) else absolute).as_posix()
