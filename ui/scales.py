"""A score on its own ruler: title, ends, where chance and floor lie, why it is undefined."""

import math
from collections.abc import Mapping
from typing import Any

from gradcam_core.base import types
from gradcam_core.base.types import MapSet
from gradcam_core.runs.store import Run
from gradcam_core.tasks.wording import spoken
from ui import readings

Row = Mapping[str, Any]
FOCUS = "normalized_background_focus"
FIRST = (FOCUS, "background_focus", "far_background_focus", "pointing_hit", "border_focus")
ANCHORS = ("chance_focus", "floor_focus")
PLAIN = {"object_area": "Object area", "sample_id": "Sample id"}


def focus_column(map_set: MapSet) -> str:
    """The score that a card's ruler shows."""
    return types.column(map_set, FOCUS)


def score_columns(run: Run, map_set: MapSet) -> list[str]:
    """Score columns of one map set: the focus scores first, their anchors last."""
    found = [name for name in run.scores if types.map_set_of(name) == map_set]
    return sorted(found, key=_place)


def _place(column: str) -> int:
    plain = types.plain_name(column)
    if plain in FIRST:
        return FIRST.index(plain)
    return len(FIRST) + (plain in ANCHORS)


def ruled_columns(run: Run, map_set: MapSet) -> list[str]:
    """Score columns with a ruler of their own; chance and floor are marks on the others' rulers."""
    return [name for name in score_columns(run, map_set) if types.plain_name(name) not in ANCHORS]


def plain(run: Run) -> dict[str, str]:
    """Columns besides the scores that one can order by -> their titles."""
    return {**readings.of(run).sorts, **PLAIN}


def full_title(run: Run, column: str) -> str:
    """What a column is called, its map set included."""
    entry = run.scores.get(column)
    if entry is None:
        known = plain(run).get(column)
        return spoken(known, run.task) if known else column.removeprefix("meta_").replace("_", " ")
    return spoken(str(entry["title"]), run.task)


def title(run: Run, column: str) -> str:
    """What a column is called where the map set is known."""
    return full_title(run, column).removesuffix(" (fine map)")


def _marks(row: Row, column: str) -> list[dict[str, Any]]:
    map_set = types.map_set_of(column)
    ends: dict[str, tuple[float | None, str]]
    if column.endswith(FOCUS):
        ends = {"floor": (0.0, "as tight as this grid allows"), "chance": (1.0, "like a uniform map")}
    elif types.plain_name(column) == "background_focus":
        ends = {
            "floor": (row.get(types.column(map_set, "floor_focus")), "the best that this grid allows"),
            "chance": (row.get(types.column(map_set, "chance_focus")), "what a uniform map would score"),
        }
    else:
        return []
    return [
        {"kind": kind, "value": float(value), "title": f"{kind.capitalize()} {value:.2f}: {words}"}
        for kind, (value, words) in ends.items()
        if value is not None and math.isfinite(value)
    ]


def why_undefined(row: Row) -> str:
    """One short reason why a score has no value."""
    if row["status"] == "unreadable":
        return "not scorable: unreadable"
    if row["region_source"] == "none":
        return "not scorable: no region"
    return f"not scorable: {row['status'] if row['status'] != 'ok' else row['reason'] or 'undefined'}"


def scale(run: Run, row: Row, column: str) -> dict[str, Any]:
    """One score of one sample, ready to be drawn on its ruler."""
    entry = run.scores.get(column, {})
    value = row.get(column)
    defined = value is not None and math.isfinite(value)
    return {
        "title": title(run, column),
        "help": str(entry.get("help", "")),
        "better": str(entry.get("better", "neither")),
        "range": [float(end) for end in entry.get("range", (0.0, 1.0))],
        "value": float(value) if defined and value is not None else None,
        "marks": _marks(row, column),
        "why": "" if defined else why_undefined(row),
    }


def sorted_by(run: Run, row: Row, column: str) -> str:
    """The value that the order goes by, in words; empty for what a card shows anyway."""
    if column in ("", "sample_id", *readings.of(run).on_card):
        return ""
    value = row.get(column)
    if isinstance(value, float):
        return (
            f"{title(run, column)} {value:.2f}" if math.isfinite(value) else f"{title(run, column)}: none"
        )
    return f"{title(run, column)}: {value}"
