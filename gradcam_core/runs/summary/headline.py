"""One computed sentence that says what the audit found, in honest words."""

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from gradcam_core.base.intervals import ENOUGH, Accuracy, accuracy, against_rest, two_heaps
from gradcam_core.base.types import MapSet, column
from gradcam_core.runs.summary.focus import FOCUS, UNLABELLED, class_column, focus_points
from gradcam_core.runs.summary.limits import grid_warning
from gradcam_core.tasks import TASKS

MEDIUM = 0.33  # Cliff's delta from which a difference is called one
VISIBLE = 0.1  # difference of medians on the ruler below which nobody would see it in the maps
UNIFORM = 1.0  # on the ruler; below it the heat is nearer the object than a uniform map's
MOSTLY = 0.75  # share of the heat outside the object from which "mostly" is said
UNEXPLAINED = 0.25  # share of the heat outside beyond what the grid forces there
LEVEL = 0.05  # false discovery rate over the classes


def headline(table: pd.DataFrame, manifest: Mapping[str, Any], map_set: MapSet = "classic") -> str:
    """How often or how far the answers are right, then what the focus ruler says about the classes."""
    coarse = grid_warning(manifest, map_set) is not None
    return f"{answer_sentence(table, manifest)} {focus_sentence(table, map_set, coarse)}"


def answer_sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """What the run's task says of all answers; by default accuracy, and how many are uncertain."""
    name = str(manifest.get("project", {}).get("task", "classification"))
    sentence = TASKS[name].sentence if name in TASKS else None
    if sentence is not None:
        return sentence(table, manifest)
    return f"{accuracy_sentence(accuracy(table))}{uncertain_sentence(table)}"


def uncertain_sentence(table: pd.DataFrame) -> str:
    """' 12 answers are uncertain: …', empty where no answer is."""
    count = int((table["outcome"] == "uncertain").sum()) if "outcome" in table else 0
    are = "1 labelled answer is" if count == 1 else f"{count:,} labelled answers are"
    why = "less confident than the block's threshold, whatever class it names"
    return f" {are} uncertain: {why}." if count else ""


def accuracy_sentence(found: Accuracy) -> str:
    """'Accuracy 93 % (88–96, n 412).' or why there is none."""
    if found.n == 0:
        return "Accuracy unknown: no sample has both a label and a prediction."
    numbers = f"{_percent(found.low)}–{_percent(found.high)}, n {found.n:,}"
    left = f" {found.unlabelled:,} unlabelled samples are not in it." if found.unlabelled else ""
    return f"Accuracy {_percent(found.value)} % ({numbers}).{left}"


def _percent(share: float) -> str:
    """Whole percents, but what is not all is never called 100 and what is not nothing never 0."""
    if 0.995 <= share < 1:
        return f"{floor(1000 * share) / 10:.1f}"
    if 0 < share < 0.005:
        return f"{ceil(1000 * share) / 10:.1f}"
    return f"{100 * share:.0f}"


def focus_sentence(table: pd.DataFrame, map_set: MapSet, coarse: bool = False) -> str:
    """Which class the attention leaves more than the others, or why that cannot be said.

    A class is named only where its median is no better than a uniform map; two classes that both follow the
    object differ in tightness, not in where the attention lies. Where most heat lies outside all the same,
    that is said. Two-sided Mann-Whitney of each class against the rest, Benjamini-Hochberg over the
    classes; a difference is named only from Cliff's delta 0.33 and q below 0.05 on, with 20 samples per
    side.
    """
    points = focus_points(table, "normalised", map_set)
    defined = points.dropna(subset="value")
    if defined.empty:
        return _nothing_defined(table)
    classes = defined[defined["label"] != UNLABELLED].groupby("label", observed=True)
    values = {str(name): part["value"].to_numpy() for name, part in classes}
    enough = sorted(name for name, part in values.items() if len(part) >= ENOUGH)
    ruler = "on the focus ruler" + (", descriptive only on this grid" if coarse else "")
    if len(values) == 1:
        name, part = next(iter(values.items()))
        return f"{_one_class(name, part, ruler)}{outside_sentence(table, map_set)}"
    said = _compared(values, enough, ruler, "predicted" if class_column(table) == "predicted" else "")
    return f"{said}{outside_sentence(table, map_set)}"


def _one_class(name: str, values: np.ndarray, ruler: str) -> str:
    """Median and quartiles of one class, or both heaps where no sample is like the median."""
    heaps = two_heaps(values)
    if heaps is None:
        first, middle, third = np.quantile(values, [0.25, 0.5, 0.75])
        return (
            f"Median focus on “{name}”: {middle:.2f} {ruler} (half of the samples {first:.2f} to "
            f"{third:.2f}, n {len(values):,}); no other class."
        )
    low, high = heaps
    return (
        f"Focus on “{name}” falls into two heaps: {len(low):,} samples about {np.median(low):.2f} and "
        f"{len(high):,} about {np.median(high):.2f} {ruler}; no other class."
    )


def outside_sentence(table: pd.DataFrame, map_set: MapSet) -> str:
    """' In the median 88 % of the heat …' where left of uniform hides that most heat lies outside.

    Beside small objects a uniform map has nearly all heat outside, so that far from them can be read as
    better than uniform. Said where three quarters of the heat lie
    outside, and far more than the grid explains.
    """
    names = ("normalized_background_focus", "background_focus", "chance_focus", "floor_focus")
    if not {column(map_set, name) for name in names} <= set(table.columns):
        return ""
    ruler, share, chance, least = (float(table[column(map_set, name)].median()) for name in names)
    if not (ruler < UNIFORM and share >= MOSTLY and share - least >= UNEXPLAINED):
        return ""
    return (
        f" In the median {_percent(share)} % of the heat lies outside the object (a uniform map: "
        f"{_percent(chance)} %): left of uniform is not on the object."
    )


def _compared(values: dict[str, np.ndarray], enough: list[str], ruler: str, kind: str) -> str:
    total = sum(len(part) for part in values.values())
    tested = against_rest(values)
    rows = [(*tested[name], name) for name in enough if total - len(values[name]) >= ENOUGH]
    if not rows:
        sizes = " / ".join(f"{len(part):,}" for part in values.values())
        said = f"n {sizes}, " if len(values) <= 4 else ""
        return (
            "Too few samples with an object region to compare classes "
            f"({said}at least {ENOUGH} per side are needed)."
        )
    adjusted = false_discovery_control([row[1] for row in rows])
    candidates = [row for row, q in zip(rows, adjusted, strict=True) if q < LEVEL and row[0] >= MEDIUM]
    rests = {name: _others(values, name) for _, _, name in candidates}
    medians_of = {name: (np.median(values[name]), np.median(rest)) for name, rest in rests.items()}
    clear = [
        row
        for row in candidates
        if medians_of[row[2]][0] >= UNIFORM and np.subtract(*medians_of[row[2]]) >= VISIBLE
    ]
    if not clear:
        return _no_difference(values, enough, ruler)
    _, _, name = max(clear, key=lambda row: (row[0], row[2]))
    rest = rests[name]
    others = [other for other in values if other != name]
    against = f"“{others[0]}”" if len(others) == 1 else "the others"
    shown = f"samples {kind} “{name}”" if kind else f"“{name}”"
    medians = f"{np.median(values[name]):.2f} against {np.median(rest):.2f} {ruler}"
    return (
        f"On {shown} the attention lies outside the object more than on {against} "
        f"({medians}, n {len(values[name]):,} / {len(rest):,})."
    )


def _others(values: dict[str, np.ndarray], name: str) -> np.ndarray:
    return np.concatenate([part for other, part in values.items() if other != name])


def _no_difference(values: dict[str, np.ndarray], enough: list[str], ruler: str) -> str:
    medians = [float(np.median(values[name])) for name in enough]
    left = len(values) - len(enough)
    few = f"; {left} classes with fewer than {ENOUGH} samples left out" if left else ""
    return (
        "No class stands out: attention outside the object does not differ clearly between classes "
        f"(medians {min(medians):.2f} to {max(medians):.2f} {ruler}{few})."
    )


def _nothing_defined(table: pd.DataFrame) -> str:
    sources = table["region_source"].fillna("none")
    if (sources == "none").all():
        return "No sample has an object region, so attention outside the object cannot be scored."
    title = FOCUS["normalised"].title.lower()
    return f"The {title} is undefined on every sample; the reasons stand in the table of samples."
