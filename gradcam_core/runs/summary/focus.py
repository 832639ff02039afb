"""Background focus by class and by correct or wrong: medians with intervals, chance and floor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.base.intervals import median_interval
from gradcam_core.base.types import MapSet, column

UNLABELLED = "unlabelled"


@dataclass(frozen=True)
class FocusScore:
    """One of the three focus scores: its column, its words and the ends of its ruler."""

    column: str
    title: str
    help: str
    range: tuple[float, float]


FOCUS: Mapping[str, FocusScore] = {
    "normalised": FocusScore(
        "normalized_background_focus",
        "Normalised background focus",
        "0 is as tight on the object as this grid allows, 1 is no better than a uniform map, "
        "2 is all heat on the background.",
        (0.0, 2.0),
    ),
    "raw": FocusScore(
        "background_focus",
        "Background focus",
        "Share of the heat that lies outside the object. Small objects and coarse grids score "
        "higher, so read it only beside chance and floor.",
        (0.0, 1.0),
    ),
    "far": FocusScore(
        "far_background_focus",
        "Far background focus",
        "Share of the heat further than one map cell away from the object.",
        (0.0, 1.0),
    ),
}


@dataclass(frozen=True)
class FocusGroup:
    """One class, or its correct or wrong part, on one focus score.

    ``low`` and ``high`` are the 95 % bootstrap interval of the median, NaN below 20 samples.
    ``chance`` and ``floor`` are medians over the group, NaN where the score has none.
    ``n`` counts defined values; ``undefined`` counts the rest.
    """

    label: str
    correct: bool | None
    n: int
    undefined: int
    median: float
    q1: float
    q3: float
    low: float
    high: float
    chance: float
    floor: float


def class_column(table: pd.DataFrame) -> str:
    """The column that says the class: the truth, or the prediction where nothing is labelled."""
    return "label" if table["label"].notna().any() else "predicted"


def class_of(column: pd.Series) -> pd.Series:
    """A column of classes as categories, :data:`UNLABELLED` where there is none."""
    names = column.astype("category")
    known = [str(name) for name in names.cat.categories]
    names = names.cat.rename_categories(known)
    if names.isna().any():
        names = names.cat.add_categories([UNLABELLED] if UNLABELLED not in known else [])
        names = names.fillna(UNLABELLED)
    return names


def focus_points(table: pd.DataFrame, score: str, map_set: MapSet) -> pd.DataFrame:
    """One row per sample: ``sample_id, label`` (class, a category), ``correct``, ``value`` (NaN:
    undefined), ``chance``, ``floor``. Samples that could not be read are left out: they have no map at all.
    """
    value, chance, floor = (
        column(map_set, name) for name in (FOCUS[score].column, "chance_focus", "floor_focus")
    )
    needed = ["sample_id", class_column(table), "correct", value]
    needed += [chance, floor] if score == "raw" else []
    seen = table.loc[table["predicted"].notna(), needed]
    points = pd.DataFrame(
        {
            "sample_id": seen["sample_id"].astype(str),
            "label": class_of(seen[class_column(table)]),
            "correct": seen["correct"].astype("boolean"),
            "value": seen[value].astype(float),
        }
    )
    if score == "raw":
        points["chance"] = seen[chance].astype(float)
        points["floor"] = seen[floor].astype(float)
    else:  # a map as tight as the grid allows scores 0 on both; chance of the far score is not stored
        points["chance"] = 1.0 if score == "normalised" else np.nan
        points["floor"] = 0.0
    return points.reset_index(drop=True)


def focus_groups(
    table: pd.DataFrame, score: str = "normalised", map_set: MapSet = "classic", by_correct: bool = False
) -> tuple[FocusGroup, ...]:
    """Groups by class (and by correct and wrong), highest median first, undefined ones last.

    Args:
        table: the run's table.
        score: a key of :data:`FOCUS`.
        map_set: classic or fine.
        by_correct: split each class into correct and wrong; samples without a label form no group.
    """
    points = focus_points(table, score, map_set)
    if by_correct:
        points = points[points["correct"].notna()]
    keys = ["label", "correct"] if by_correct else ["label"]
    groups = [_group(key, part) for key, part in points.groupby(keys, sort=True, observed=True)]
    return tuple(sorted(groups, key=_order))


def _order(group: FocusGroup) -> tuple[bool, float, str]:
    undefined = bool(np.isnan(group.median))
    return undefined, 0.0 if undefined else -group.median, group.label


def _group(key: Iterable[object], part: pd.DataFrame) -> FocusGroup:
    label, *correct = key
    values = part["value"].dropna().to_numpy()
    q1, median, q3 = np.quantile(values, [0.25, 0.5, 0.75]) if len(values) else (np.nan,) * 3
    low, high = median_interval(values)
    chance, floor = part["chance"].median(), part["floor"].median()
    return FocusGroup(
        str(label),
        bool(correct[0]) if correct else None,
        len(values),
        len(part) - len(values),
        *(float(number) for number in (median, q1, q3, low, high, chance, floor)),
    )
