"""The manifest of a run, read with care: a part that is missing or of another kind is replaced, and said.

What nothing can be shown without (a name, an input size, one set of maps) is an error of the run.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, get_args

from gradcam_core.base.errors import RunError
from gradcam_core.base.text import clean
from gradcam_core.base.types import Resize, ResizeMethod, Scaling
from gradcam_core.runs.manifest import MAP_FILES
from gradcam_core.tasks import TASKS

Is = Callable[[Any], bool]
Fields = Mapping[str, tuple[Is, Any]]  # key -> what its value must be, and what stands in for it
MOST = 10**9
OPTIONAL = {
    "thresholds",
    "engine",
    "title",
    "class_specific",
    "output_grid",
    "task",
    "timing",
    "head",
    "format",
}
"""Keys that runs of older versions lack."""
NEEDED = {"regression": "tolerance", "visual-anomaly": "anomaly_threshold"}


def mended(manifest: Mapping[str, Any], where: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """(a manifest whose every known key is of its kind, one phrase for each that was not).

    Args:
        manifest: the parsed ``manifest.json``, of the right schema version.
        where: names the file in an error.

    Raises:
        RunError: what is essential is missing or of another kind.
    """
    notes: list[str] = []
    whole = {**manifest, **_filled(manifest, _TOP, "", notes)}
    for name, fields in _PARTS.items():
        part = whole[name]
        whole[name] = {**part, **_filled(part, fields, f"{name}.", notes)}
    whole["maps"] = _maps(whole["maps"], notes)
    whole["facts"] = _only(whole["facts"], _FACT, "facts", notes)
    scores = _only(list(whole["scores"].values()), _SCORE, "scores", notes)
    whole["scores"] = {name: score for name, score in whole["scores"].items() if score in scores}
    _thresholds(whole["project"], notes)
    needed = {
        "run_id": bool(whole["run_id"]),
        "project": _is_dict(manifest.get("project")),
        "input": is_size(whole["input"], ("height", "width")),
        "maps": bool(whole["maps"]),
    }
    if unusable := [name for name, usable in needed.items() if not usable]:
        todo = "audit again; the other files of the folder can still be read (docs/run-format.md)"
        raise RunError(f"{', '.join(unusable)} in {where}", "none that can be used", todo)
    return whole, tuple(notes)


def _filled(given: Mapping[str, Any], fields: Fields, lead: str, notes: list[str]) -> dict[str, Any]:
    out = {}
    for name, (kind, default) in fields.items():
        good = name in given and kind(given[name])
        out[name] = given[name] if good else default
        if not good and (name in given or name not in OPTIONAL):
            notes.append(f"{lead}{name} ({'of another kind' if name in given else 'missing'})")
    return out


def _maps(given: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in (one for one in MAP_FILES if one in given):
        entry = given[name]
        if isinstance(entry, dict) and is_pair(entry.get("grid")):
            out[name] = {**entry, **_filled(entry, _MAP, f"maps.{name}.", notes)}
        else:
            notes.append(f"maps.{name} (of another kind)")
    return out


def _only(given: list[Any], fields: Fields, name: str, notes: list[str]) -> list[Any]:
    """The entries of a list that have all their fields."""
    good = [
        one
        for one in given
        if isinstance(one, dict) and all(is_(one.get(k)) for k, (is_, _) in fields.items())
    ]
    if len(good) < len(given):
        notes.append(f"{len(given) - len(good)} of {len(given)} {name} (of another kind)")
    return good


def _thresholds(project: dict[str, Any], notes: list[str]) -> None:
    given = project["thresholds"]
    project["thresholds"] = {name: value for name, value in given.items() if is_number(value)}
    needed = NEEDED.get(project["task"])
    if needed is not None and needed not in project["thresholds"]:
        project["thresholds"][needed] = math.nan
        notes.append(f"project.thresholds.{needed} (missing)")


def is_text(value: Any) -> bool:
    """A string of reasonable length."""
    return isinstance(value, str) and len(value) <= 10_000


def is_number(value: Any) -> bool:
    """A finite number of reasonable size."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def is_count(value: Any) -> bool:
    """A whole number from 0 on."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MOST


def is_pair(value: Any) -> bool:
    """Two sizes, [height, width]."""
    return isinstance(value, list) and len(value) == 2 and all(is_count(one) and one > 0 for one in value)


def is_size(value: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    """Whether all these entries are sizes."""
    return all(is_count(value.get(name)) and value[name] > 0 for name in names)


def _is_name(value: Any) -> bool:
    return is_text(value) and 0 < len(value) <= 200 and clean(value) == value


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_range(value: Any) -> bool:
    return (
        isinstance(value, list) and len(value) == 2 and all(map(is_number, value)) and value[0] < value[1]
    )


def _out_of(*names: Any) -> Is:
    return lambda value: isinstance(value, str | int) and value in names


def _counted(value: Any) -> bool:
    return isinstance(value, dict) and all(map(is_count, value.values()))


_TOP: Fields = {
    "run_id": (_is_name, ""),
    "created": (is_text, "unknown"),
    "project": (_is_dict, {}),
    "model": (_is_dict, {}),
    "input": (_is_dict, {}),
    "facts": (_is_list, []),
    "explain": (is_text, "predicted"),
    "maps": (_is_dict, {}),
    "sort_by": (is_text, "confidence"),
    "counts": (_is_dict, {}),
    "scores": (_is_dict, {}),
    "engine": (is_text, "auto"),
    "timing": (_is_dict, {}),
}
_PARTS: Mapping[str, Fields] = {
    "project": {
        "name": (is_text, "without a name"),
        "root": (is_text, ""),
        "task": (lambda value: isinstance(value, str) and value in TASKS, "classification"),
        "class_names": (_is_texts, []),
        "thresholds": (lambda value: value is None or _is_dict(value), {}),
    },
    "model": {
        "path": (is_text, ""),
        "format": (is_text, "unknown format"),
        "head": (is_text, ""),
        "activation": (_out_of("softmax", "sigmoid", "linear"), "softmax"),
        "output_grid": (lambda value: value is None or is_pair(value), None),
    },
    "input": {
        "height": (is_count, 0),
        "width": (is_count, 0),
        "channels": (_out_of(1, 3), 3),
        "resize": (_out_of(*get_args(Resize)), "squash"),
        "resize_method": (_out_of(*get_args(ResizeMethod)), "area"),
        "scaling": (_out_of(*get_args(Scaling)), "0..1"),
    },
    "counts": {
        **dict.fromkeys(("samples", "ok", "unreadable", "unlabelled"), (is_count, 0)),
        "regions": (_counted, {}),
    },
}
_MAP: Fields = {
    "method": (is_text, "unknown"),
    "title": (is_text, "unknown"),
    "layer": (is_text, "unknown"),
    "class_specific": (lambda value: isinstance(value, bool), True),
}
_FACT: Fields = dict.fromkeys(("name", "value", "origin", "why", "warning"), (is_text, ""))
_SCORE: Fields = {**dict.fromkeys(("title", "help", "better"), (is_text, "")), "range": (_is_range, None)}
