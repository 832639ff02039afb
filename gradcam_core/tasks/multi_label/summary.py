"""How right answers with several labels are: exact match, and per class F1 and average precision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.intervals import Accuracy, accuracy
from gradcam_core.base.text import percent
from gradcam_core.base.types import Doubles
from gradcam_core.tasks.multi_label.class_order import as_flags
from gradcam_core.tasks.multi_label.label_sets import from_text, uncertain
from gradcam_core.tasks.multi_label.rows import ABSENT

DRAWS = 500  # of pictures, with replacement
NAN = float("nan")
Interval = tuple[float, float]


@dataclass(frozen=True)
class OneClass:
    """One class over all pictures that are labelled for it. F1 is NaN where it is neither there nor said.

    Attributes:
        name: of the class.
        hits, misses, false_alarms, right_absences: pictures; together all of them.
        f1: with the 95 % interval of a bootstrap over pictures.
        average_precision: area under precision over recall, whatever the threshold; likewise. NaN where no
            picture, or every one, has the class.
    """

    name: str
    hits: int
    misses: int
    false_alarms: int
    right_absences: int
    f1: float
    f1_interval: Interval
    average_precision: float
    average_precision_interval: Interval


def pictures(table: pd.DataFrame) -> pd.DataFrame:
    """One row per picture that has labels and could be read, with ``correct``: all its labels are right."""
    read = table[table["answers"].notna() & table["labels"].notna()]
    once = read.drop_duplicates("picture")
    pairs = zip(once["answers"].astype(str), once["labels"].astype(str), strict=True)
    right = [set(from_text(said)) - {*uncertain(there)} == {*from_text(there)} for said, there in pairs]
    return once.assign(correct=np.array(right, dtype=np.bool_))


def exact_match(table: pd.DataFrame) -> Accuracy:
    """Share of labelled pictures of which every label is right and none is missing."""
    return accuracy(pictures(table).assign(label="", predicted=""))


def per_class(table: pd.DataFrame, outputs: NDArray[Any], class_names: Sequence[str]) -> list[OneClass]:
    """Every class in the model's order.

    Args:
        table: of a run.
        outputs: (N, K) logits of its rows.
        class_names: of the run.
    """
    once = pictures(table)
    values = np.asarray(outputs, dtype=np.float64)[table.index.get_indexer(once.index)]
    names = [name for name in class_names if name != ABSENT]
    said, there = (
        as_flags([from_text(str(text)) for text in once[column]], names) for column in ("answers", "labels")
    )
    known = ~as_flags([uncertain(str(text)) for text in once["labels"]], names)
    return [
        _one(name, said[sure, k], there[sure, k], values[sure, k])
        for k, name in enumerate(names)
        for sure in (known[:, k],)
    ]


def _one(name: str, said: NDArray[np.bool_], there: NDArray[np.bool_], values: Doubles) -> OneClass:
    count = len(said)
    draws = np.random.default_rng(0).integers(count, size=(DRAWS if count > 1 else 0, count))
    return OneClass(
        name,
        int((said & there).sum()),
        int((~said & there).sum()),
        int((said & ~there).sum()),
        int((~said & ~there).sum()),
        f1(said, there),
        _interval([f1(said[rows], there[rows]) for rows in draws]),
        average_precision(values, there),
        _interval([average_precision(values[rows], there[rows]) for rows in draws]),
    )


def f1(said: NDArray[np.bool_], there: NDArray[np.bool_]) -> float:
    """2 hits / (2 hits + misses + false alarms), 0..1, of (N,) answers and labels."""
    all_of_both = int(said.sum()) + int(there.sum())
    return 2 * int((said & there).sum()) / all_of_both if all_of_both else NAN


def average_precision(values: Doubles, there: NDArray[np.bool_]) -> float:
    """Mean precision over the recall, 0..1, of (N,) values that are larger where the class is rather there.

    Equal values are one threshold. NaN where nothing is to be told apart.
    """
    if not there.any() or there.all():
        return NAN
    order = np.argsort(-values, kind="stable")
    last = np.flatnonzero(np.append(np.diff(values[order]) != 0, True))
    hits = np.cumsum(there[order])[last]
    return float((hits / (last + 1) * np.diff(hits, prepend=0)).sum() / hits[-1])


def _interval(values: Sequence[float]) -> Interval:
    known = [one for one in values if not np.isnan(one)]
    if len(known) < DRAWS / 2:
        return NAN, NAN
    low, high = np.quantile(known, (0.025, 0.975))
    return float(low), float(high)


def sentence(table: pd.DataFrame, manifest: Mapping[str, Any]) -> str:
    """'All labels are right on 97 % of the pictures (87–99, n 40); of 75 labels 74 were found, and 1 …'."""
    found, once = exact_match(table), pictures(table)
    if found.n == 0:
        return "Nothing can be called right or wrong: no picture has labels."
    there, said = ([set(from_text(str(text))) for text in once[name]] for name in ("labels", "answers"))
    open_ones = [set(uncertain(str(text))) for text in once["labels"]]
    hits = sum(len(one & other) for one, other in zip(there, said, strict=True))
    false = sum(len(other - one - left) for one, other, left in zip(there, said, open_ones, strict=True))
    left = int(table.loc[table["labels"].isna() & table["answers"].notna(), "picture"].nunique())
    unsure = sum(map(len, open_ones))
    uncounted = f" {unsure:,} uncertain labels are not counted." * bool(unsure)
    unlabelled = f" {left:,} pictures without labels are not in it." * bool(left)
    return (
        f"All labels are right on {percent(found.value)} % of the pictures "
        f"({percent(found.low)}–{percent(found.high)}, n {found.n:,}); of {sum(map(len, there)):,} labels "
        f"{hits:,} were found, and {false:,} were said where they are not.{uncounted}{unlabelled}"
    )
