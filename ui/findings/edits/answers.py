"""What the model says of each edited picture, as words and HTML. Pure; text from data is escaped."""

import base64
import html
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gradcam_core.base.suspicion import parts_of
from gradcam_core.base.text import rounded
from ui.findings import words

Edit = Mapping[str, Any]
MANY = 2  # rows of pictures above which they are drawn smaller
MOST_CLASSES = 3  # bars under a picture: those that moved most


def kinds(edits: Sequence[Edit]) -> list[tuple[str, str]]:
    """(edit, suspicion) in the order in which they were made."""
    return list(dict.fromkeys((str(e["edit"]), str(e["suspicion"])) for e in edits))


def pairs(edits: Sequence[Edit]) -> list[tuple[Edit, Edit]]:
    """(edit, control) per filler; an arm without its partner is left out."""
    found: dict[str, dict[str, Edit]] = {}
    for one in edits:
        found.setdefault(str(one["filler"]), {})[str(one["arm"])] = one
    return [(arms["edit"], arms["control"]) for arms in found.values() if {"edit", "control"} <= set(arms)]


def of_kind(edits: Sequence[Edit], kind: tuple[str, str]) -> list[Edit]:
    """The edits of one kind."""
    return [one for one in edits if (str(one["edit"]), str(one["suspicion"])) == kind]


def telling(edits: Sequence[Edit]) -> int:
    """How many pairs moved the prediction by the edit and not by its control."""
    return sum(bool(edit["flipped"]) and not control["flipped"] for edit, control in pairs(edits))


def summary(result: Mapping[str, Any]) -> str:
    """What happened, in one sentence or two."""
    edits = result["edits"]
    if not edits:
        return "No edit applies to this sample: it has no usable object region and shows nothing suspected."
    found = {kind: of_kind(edits, kind) for kind in kinds(edits)}
    moved = [name(part[0]) for part in found.values() if telling(part)]
    count = sum(len(pairs(part)) for part in found.values())
    answer, by = ("output", " by more than the tolerance") if numeric(result) else ("prediction", "")
    if not count:
        return "No edit of this sample has a control edit to compare it with, so none can say anything."
    if not moved:
        tried = f"{count} edits were tried on this picture. None moved"
        tried = "1 edit was tried on this picture. It did not move" if count == 1 else tried
        where = f"the {answer}{by} where its control edit left it"
        return f"{tried} {where}: nothing here tells what the model uses."
    hits = sum(telling(part) for part in found.values())
    said = ", ".join(dict.fromkeys(moved))
    return f"{hits} of {count} edits moved the {answer}{by} and their control edit did not: {said}."


def numeric(result: Mapping[str, Any]) -> bool:
    """The model answers with a number, not with a class."""
    one = result["before"]["shares"] is None and len(result["before"]["logits"]) == 1
    return one and result.get("threshold") is None


def name(edit: Edit) -> str:
    """'background swapped', 'spot removed (fixed marker, dog)'."""
    flag, label, _ = parts_of(str(edit["suspicion"]))
    cause = f" ({', '.join(part.replace('-', ' ') for part in (flag, label) if part)})" if flag else ""
    return words.edit_words(str(edit["edit"])) + cause


def values(said: Mapping[str, Any]) -> list[float]:
    """Probabilities, the anomaly score, or the outputs themselves where there are neither."""
    if "score" in said:
        return [float(said["score"])]
    return [float(value) for value in (said["shares"] or said["logits"])]


def moved_classes(before: Sequence[float], after: Sequence[float]) -> list[int]:
    """Classes that moved most, the one that led before and the one that leads now always among them."""
    order = sorted(range(len(before)), key=lambda k: -abs(after[k] - before[k]))
    leads = [max(range(len(part)), key=part.__getitem__) for part in (before, after)]
    return list(dict.fromkeys([*leads, *order]))[:MOST_CLASSES]


def figure(folder: Path, result: Mapping[str, Any], edits: Sequence[Edit]) -> str:
    """One row per filler: original, edit, control, each with its class probabilities."""
    found = pairs(edits)
    rows = "".join(_row(folder, result, edit, control) for edit, control in found)
    return f'<div class="fpairs{" many" * (len(found) > MANY)}">{rows}</div>'


@dataclass(frozen=True)
class Shown:
    """One picture of a row and what the model says of it."""

    kind: str
    file: str
    now: Sequence[float]
    flipped: bool = False
    answer: str | None = None


def _row(folder: Path, result: Mapping[str, Any], edit: Edit, control: Edit) -> str:
    before, scored = values(result["before"]), _scored(result)
    classes = moved_classes(before, values(edit))
    pictures = "".join(
        _picture(folder, shown, before, [(k, _class(result["classes"], k)) for k in classes])
        for shown in (
            Shown("original", result["original"], before, answer=scored(before)),
            Shown("edit", edit["picture"], values(edit), bool(edit["flipped"]), scored(values(edit))),
            Shown(
                *("control edit", control["picture"], values(control), bool(control["flipped"])),
                scored(values(control)),
            ),
        )
    )
    donors = [str(one["donor_id"]) for one in (edit, control) if one.get("donor_id")]
    said = f"filler {edit['filler']}{' · pixels lent by ' * bool(donors)}{' and '.join(donors)}"
    return f'<div class="fpair"><div class="row">{pictures}</div><p>{html.escape(said)}</p></div>'


def _picture(
    folder: Path, shown: Shown, before: Sequence[float], classes: Sequence[tuple[int, str]]
) -> str:
    now, original = shown.now, shown.kind == "original"
    bars = "".join(_bar(name, now[k], before[k], original) for k, name in classes)
    lead = dict(classes).get(max(range(len(now)), key=now.__getitem__), "another class")
    if len(now) == 1:
        lead, bars = shown.answer or output(now[0], before[0], original), ""
    alt = html.escape(f"{shown.kind}: {lead}", quote=True)
    url = data_url(folder / Path(shown.file).name)
    drawn = f'<img src="{url}" alt="{alt}">' if url else '<div class="fnone">picture gone</div>'
    mark = "▲ " if shown.flipped else ""
    return (
        f"<figure>{drawn}<figcaption><span>{shown.kind}</span><strong>{mark}{html.escape(lead)}</strong>"
        f'<div class="bars">{bars}</div></figcaption></figure>'
    )


def output(now: float, before: float, original: bool) -> str:
    """'output 3.4', 'output 2.1, moved by -1.3'."""
    return f"output {now:.3g}" if original else f"output {now:.3g}, moved by {now - before:+.3g}"


def _scored(result: Mapping[str, Any]) -> Callable[[Sequence[float]], str | None]:
    """An anomaly score -> 'anomaly, score 1,277'; None where the answer is no score."""
    limit, classes = result.get("threshold"), result["classes"]
    if limit is None:
        return lambda now: None
    return lambda now: f"{_class(classes, int(now[0] >= limit))}, score {rounded(now[0])}"


def _class(classes: Sequence[str], number: int) -> str:
    return str(classes[number]) if number < len(classes) else "output"


def _bar(label: str, now: float, before: float, original: bool) -> str:
    change = "" if original or abs(now - before) < 0.005 else f" ({now - before:+.2f})"
    width = 100 * min(max(now, 0.0), 1.0) if math.isfinite(now) else 0
    return (
        f'<span>{html.escape(label)} {now:.2f}{change}</span><div><i style="width:{width:.1f}%"></i></div>'
    )


def data_url(path: Path) -> str:
    """A picture of the cache inside the page; empty where it is gone."""
    try:
        return f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
    except OSError:
        return ""
