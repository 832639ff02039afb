"""What labels found in the data are called in the class order, where that is not the same."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.text import short

MOST = 10


@dataclass(frozen=True)
class LabelMap:
    """Label -> class, and how those were matched that are called otherwise; empty where none is."""

    names: Mapping[str, str]
    why: str = ""


def given_names(pairs: Sequence[str]) -> dict[str, str]:
    """What the user said: "label=class" each.

    Raises:
        ProjectError: without an equals sign, or a label twice.
    """
    parts = [pair.partition("=") for pair in pairs]
    names = {label.strip(): name.strip() for label, _, name in parts}
    if len(names) < len(parts) or not all(mark and name.strip() for _, mark, name in parts):
        raise ProjectError(
            "label names as LABEL=CLASS, each label once", short(", ".join(pairs)), "correct them"
        )
    return names


def map_labels(found: Mapping[str, int], classes: Sequence[str], given: Mapping[str, str]) -> LabelMap:
    """Match labels to class names: as the user said, exactly, loosely, as numbers.

    Loosely: without case and punctuation, or in the singular. Numbers are places in the class order, where
    all labels are numbers.

    Args:
        found: label -> how many samples have it.
        classes: names in the order of the model's outputs.
        given: label -> class, as the user said.

    Raises:
        ProjectError: labels that are no class, with their counts; or a given name that is none.
    """
    strange = sorted(set(given.values()) - set(classes))
    if strange:
        _refuse("label names that lead to classes", classes, ", ".join(strange))
    names: dict[str, str] = {}
    whys = []
    for why, match in (("as given", given.get), *_ways(classes), _by_number(found, classes)):
        left = [label for label in sorted(found) if label not in names]
        matched = {label: name for label in left if (name := match(label)) is not None}
        if why and any(label != name for label, name in matched.items()):
            whys.append(why)
        names |= matched
    lost = sorted((label for label in found if label not in names), key=lambda one: -found[one])
    if lost:
        more = f" and {len(lost) - MOST} more labels" if len(lost) > MOST else ""
        counts = ", ".join(f"{label} ({found[label]:,})" for label in lost[:MOST])
        _refuse("labels out of the class order", classes, counts + more)
    return LabelMap(names, "; ".join(whys))


def _refuse(what: str, classes: Sequence[str], found: str) -> None:
    todo = "correct the labels file or the class order, or say what they are with --label-names LABEL=CLASS"
    raise ProjectError(f"{what}: {short(', '.join(classes))}", short(found), todo)


Way = tuple[str, Callable[[str], str | None]]


def _ways(classes: Sequence[str]) -> list[Way]:
    exact = {name: name for name in classes}
    return [
        ("", exact.get),
        ("matched without case and punctuation", _alike(classes, _loosely)),
        ("matched in the singular", _alike(classes, _singular)),
    ]


def _alike(classes: Sequence[str], plain: Callable[[str], str]) -> Callable[[str], str | None]:
    """By a plainer spelling, unless two classes share one."""
    known = {plain(name): name for name in classes}
    return lambda label: known.get(plain(label)) if len(known) == len(classes) else None


def _by_number(found: Mapping[str, int], classes: Sequence[str]) -> Way:
    """Numbers 0..K-1, or 1..K where K is among them and 0 is not."""
    numbers = [int(label) for label in found if label.isdecimal()]
    first = 1 if numbers and min(numbers) > 0 and max(numbers) == len(classes) else 0
    fits = len(numbers) == len(found) and all(0 <= n - first < len(classes) for n in numbers)
    why = f"numbers taken as places in the class order, counted from {first}"
    return why, lambda label: classes[int(label) - first] if fits else None


def _loosely(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _singular(name: str) -> str:
    plain = re.sub(r"ies$", "y", _loosely(name))
    plain = re.sub(r"(x|ch|sh|ss)es$", r"\1", plain)
    return re.sub(r"(?<!s)s$", "", plain)
