"""What the heat alone says about the classes, in one honest sentence."""

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from gradcam_core.base.intervals import ENOUGH, against_rest, two_heaps
from gradcam_core.base.text import percent
from gradcam_core.base.types import MapSet, column
from gradcam_core.runs.summary.focus import FOCUS, UNLABELLED, class_column, focus_points

MEDIUM = 0.33  # Cliff's delta from which a difference is called one
VISIBLE = 0.1  # difference of medians on the ruler below which nobody would see it in the maps
UNIFORM = 1.0  # on the ruler: below it the heat lies on the object more than chance would put it there
MORE = "the attention lies outside the object more than on"  # what is said where a class stands out
MOSTLY = 0.75  # share of the heat outside the object from which "mostly" is said
UNEXPLAINED = 0.25  # share of the heat outside beyond what the grid forces there
LEVEL = 0.05  # false discovery rate over the classes


def focus_sentence(table: pd.DataFrame, map_set: MapSet, coarse: bool = False) -> str:
    """Which class the attention leaves more than the others, or why that cannot be said.

    Two-sided Mann-Whitney of each class against the rest, Benjamini-Hochberg over the classes; a
    difference is named only from Cliff's delta 0.33 and q below 0.05 on, with 20 samples per side, and only
    where the class's median is no better than that of a uniform map: two classes that both follow the
    object differ in tightness, not in where the attention lies. Where most heat lies outside all
    the same, that is said.
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
        low, middle, high = np.quantile(values, (0.25, 0.5, 0.75))
        return (
            f"Median focus on “{name}”: {middle:.2f} {ruler}, the middle half from {low:.2f} to {high:.2f} "
            f"(n {len(values):,}); there is no other class to compare."
        )
    low, high = heaps
    return (
        f"Focus on “{name}” falls into two heaps: {len(low):,} samples about {np.median(low):.2f} and "
        f"{len(high):,} about {np.median(high):.2f} {ruler}; there is no other class to compare."
    )


def outside_sentence(table: pd.DataFrame, map_set: MapSet) -> str:
    """' In the median 88 % of the heat …' where left of uniform hides that most heat lies outside.

    Beside small objects a uniform map has nearly all heat outside, so that far from them can be read as
    better than uniform. Said where three quarters of the heat lie outside, and far more than the grid
    explains.
    """
    names = ("normalized_background_focus", "background_focus", "chance_focus", "floor_focus")
    if not {column(map_set, name) for name in names} <= set(table.columns):
        return ""
    ruler, share, chance, least = (float(table[column(map_set, name)].median()) for name in names)
    if not (ruler < UNIFORM and share >= MOSTLY and share - least >= UNEXPLAINED):
        return ""
    return (
        f" In the median {percent(share)} % of the heat lies outside the object (a uniform map: "
        f"{percent(chance)} %): left of uniform is not on the object."
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
    clear = [row for row in candidates if _stands_out(values[row[2]], rests[row[2]])]
    if not clear:
        return _no_difference(values, enough, ruler)
    _, _, name = max(clear, key=lambda row: (row[0], row[2]))
    rest = rests[name]
    others = [other for other in values if other != name]
    against = f"“{others[0]}”" if len(others) == 1 else "the others"
    shown = f"samples {kind} “{name}”" if kind else f"“{name}”"
    medians = f"{np.median(values[name]):.2f} against {np.median(rest):.2f} {ruler}"
    return f"On {shown} {MORE} {against} ({medians}, n {len(values[name]):,} / {len(rest):,})."


def _others(values: dict[str, np.ndarray], name: str) -> np.ndarray:
    return np.concatenate([part for other, part in values.items() if other != name])


def _stands_out(part: np.ndarray, rest: np.ndarray) -> bool:
    return bool(np.median(part) >= UNIFORM and np.median(part) - np.median(rest) >= VISIBLE)


def _no_difference(values: dict[str, np.ndarray], enough: list[str], ruler: str) -> str:
    medians = [float(np.median(values[name])) for name in enough]
    left = len(values) - len(enough)
    few = f"; {left} classes with fewer than {ENOUGH} samples left out" if left else ""
    said = "Attention outside the object does not differ clearly between classes"
    if max(medians) < UNIFORM:
        said = "On no class does the heat lie outside the object more than chance would put it there"
    return f"{said} (medians {min(medians):.2f} to {max(medians):.2f} {ruler}, where 1 is chance{few})."


def _nothing_defined(table: pd.DataFrame) -> str:
    sources = table["region_source"].fillna("none")
    if (sources == "none").all():
        return "No sample has an object region, so attention outside the object cannot be scored."
    title = FOCUS["normalised"].title.lower()
    return f"The {title} is undefined on every sample; the reasons stand in the table of samples."
