"""Which samples a report shows, by a rule that it states."""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

import numpy as np
import pandas as pd

from gradcam_core.base.hashing import stable_hash
from gradcam_core.runs.examples import read_examples
from gradcam_core.runs.links import asked_rows
from gradcam_core.runs.report.answers import are_numbers
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run

OPEN_RULE = (
    "first the examples of the findings, then wrong answers, the {surest} first, until half of the places "
    "are taken; the rest drawn at random, the same ones each time"
)
BLIND_RULE = "in random order, the same each time; where not all have room, as many of each label"


def chosen(run: Run, wanted: Wanted) -> tuple[int, ...]:
    """Row positions of the samples to show, best first; what cannot be read is left out."""
    table = run.table
    readable = table["status"].ne("unreadable").to_numpy()
    rows = [int(row) for row in asked_rows(run, wanted.where) if readable[row]]
    mixed = sorted(rows, key=lambda row: stable_hash(run.id, table["sample_id"].iloc[row]))
    order = _by_turns(table, mixed) if wanted.blind else _telling(run, rows, mixed, wanted.samples)
    taken = tuple(dict.fromkeys(order))[: wanted.samples]
    return tuple(row for row in mixed if row in set(taken)) if wanted.blind else taken


def rule(run: Run, wanted: Wanted) -> str:
    """How they were chosen, in words."""
    surest = "furthest from the target" if are_numbers(run) else "surest"
    return BLIND_RULE if wanted.blind else OPEN_RULE.format(surest=surest)


def _telling(run: Run, rows: Sequence[int], mixed: Sequence[int], places: int) -> Iterator[int]:
    shown = {one.sample_id for one in read_examples(run.path)}
    ids = run.table["sample_id"].to_numpy()
    examples = [row for row in rows if ids[row] in shown]
    wrong = [row for row in _surest(run.table, are_numbers(run)) if row in set(rows)]
    return chain(examples, wrong[: max(0, places // 2 - len(examples))], mixed)


def _surest(table: pd.DataFrame, numbers: bool) -> list[int]:
    """Rows with a wrong answer, the surest or the furthest off first."""
    wrong = np.flatnonzero(table["correct"].eq(False).fillna(False).to_numpy(dtype=bool))
    size = table["error"].abs() if numbers else table["confidence"]
    order = np.argsort(-size.to_numpy(dtype=np.float64, na_value=np.nan)[wrong], kind="stable")
    return [int(row) for row in wrong[order]]


def _by_turns(table: pd.DataFrame, mixed: Sequence[int]) -> Iterator[int]:
    """One of each label, then the next of each, whatever the model said."""
    labels = table["label"].astype(object).where(table["label"].notna(), "").to_numpy()
    heaps: dict[str, list[int]] = {}
    for row in mixed:
        heaps.setdefault(str(labels[row]), []).append(row)
    return (row for turn in zip_longest(*heaps.values()) for row in turn if row is not None)
