"""Precision, recall and F1 of a run whose rows are objects, per class and together, with intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest

from gradcam_core.base.types import BACKGROUND

DRAWS = 1000
Interval = tuple[float, float]
NONE: Interval = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Detection:
    """One class, or all of them. Shares are NaN where nothing was found, or nothing is annotated.

    Attributes:
        name: the class; "" for all.
        found: objects that the model named so; ``right`` of them lie on a box of this class.
        boxes: annotated objects; ``hit`` of them were found as what they are.
        precision, recall: with 95 % Wilson intervals.
        f1: harmonic mean of both, with the 95 % interval of a bootstrap over pictures.
    """

    name: str
    found: int
    right: int
    boxes: int
    hit: int
    precision: float
    precision_interval: Interval
    recall: float
    recall_interval: Interval
    f1: float
    f1_interval: Interval


def per_class(table: pd.DataFrame, class_names: Sequence[str]) -> list[Detection]:
    """All classes together, then each object class in the model's order."""
    counts = _counts(table)
    names = [name for name in class_names if name != BACKGROUND]
    return [_one("", counts), *(_one(name, counts[counts["name"] == name]) for name in names)]


def _counts(table: pd.DataFrame) -> pd.DataFrame:
    """One row per picture and class: found, right, boxes, hit."""
    names = ["picture", "label", "predicted", "boxes"]
    rows = table.loc[table["detection"].notna(), names].astype(object)  # categories do not compare
    found = rows[rows["predicted"] != BACKGROUND].assign(
        name=lambda part: part["predicted"], found=1, right=lambda part: part["label"] == part["predicted"]
    )
    marked = rows[(rows["label"] != BACKGROUND) & (rows["boxes"] != "")].assign(
        name=lambda part: part["label"], hit=lambda part: part["label"] == part["predicted"]
    )
    marked = marked.assign(box=marked["boxes"].str.split()).explode("box")
    seen = marked.groupby(["picture", "name", "box"], as_index=False, observed=True)["hit"].max()
    parts = [found[["picture", "name", "found", "right"]], seen[["picture", "name", "hit"]].assign(boxes=1)]
    whole = pd.concat(parts, ignore_index=True)
    numbers = ["found", "right", "boxes", "hit"]
    whole[numbers] = whole.reindex(columns=numbers).fillna(0).astype(int)
    return whole.groupby(["picture", "name"], as_index=False, observed=True)[numbers].sum()


def _one(name: str, counts: pd.DataFrame) -> Detection:
    by_picture = counts.groupby("picture")[["found", "right", "boxes", "hit"]].sum().to_numpy()
    found, right, boxes, hit = (int(value) for value in by_picture.sum(axis=0))
    return Detection(
        name,
        found,
        right,
        boxes,
        hit,
        right / found if found else float("nan"),
        _wilson(right, found),
        hit / boxes if boxes else float("nan"),
        _wilson(hit, boxes),
        float(_f1(by_picture.sum(axis=0)[None])[0]),
        _bootstrap(by_picture),
    )


def _wilson(count: int, n: int) -> Interval:
    if n == 0:
        return NONE
    interval = binomtest(count, n).proportion_ci(confidence_level=0.95, method="wilson")
    return float(interval.low), float(interval.high)


def _f1(sums: NDArray[np.int_]) -> NDArray[np.float64]:
    """(M,) out of (M, 4) sums of found, right, boxes, hit; 0 where nothing is right, NaN without both."""
    found, right, boxes, hit = sums.T.astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = right / found, hit / boxes
        value = 2 * precision * recall / (precision + recall)
    value = np.where((right == 0) & (hit == 0) & (found + boxes > 0), 0.0, value)
    return np.asarray(value, np.float64)


def _bootstrap(by_picture: NDArray[np.int_]) -> Interval:
    """Pictures are drawn again, because objects of one picture are not independent."""
    if len(by_picture) < 2:
        return NONE
    drawn = np.random.default_rng(0).integers(len(by_picture), size=(DRAWS, len(by_picture)))
    values = _f1(by_picture[drawn].sum(axis=1))
    values = values[np.isfinite(values)]
    if not len(values):
        return NONE
    low, high = np.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """'Of 120 objects found 101 are what they are called …; of 118 boxes 99 were found …'."""
    whole = per_class(table, manifest["project"]["class_names"])[0]
    if table["detection"].notna().sum() == 0:
        return "Nothing can be called right or wrong: no picture has a box."
    precision = f"Of {whole.found:,} objects found {whole.right:,} lie on a box of their class"
    recall = f"of {whole.boxes:,} boxes {whole.hit:,} were found"
    return f"{precision}{_range(whole.precision_interval)}; {recall}{_range(whole.recall_interval)}."


def _range(interval: Interval) -> str:
    return "" if np.isnan(interval[0]) else f" ({100 * interval[0]:.0f}–{100 * interval[1]:.0f} %)"
