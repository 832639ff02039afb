"""Numbers out of labels, or out of a column of the samples' table where the labels are none."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from gradcam_core.base.types import Fact, Sample

COLUMNS = ("target", "value", "score", "y")  # in this order
COMMA = re.compile(r"[+-]?\d+,\d+")


def number_in(value: object) -> float:
    """A finite number, else NaN."""
    try:
        number = float(str(value))
    except ValueError:
        return math.nan
    return number if math.isfinite(number) else math.nan


def with_target(sample: Sample) -> tuple[Sample, str]:
    """The sample with its label read as a number, and why it is none."""
    if sample.target is not None or sample.label is None:
        return sample, ""
    number = number_in(sample.label)
    if not math.isnan(number):
        return replace(sample, label=None, target=number), ""
    hint = "; write decimals with a point" if COMMA.fullmatch(sample.label) else ""
    return replace(sample, label=None), f"no target: the label {sample.label!r} is no number{hint}"


def from_column(samples: Sequence[Sample]) -> tuple[Sequence[Sample], tuple[Fact, ...]]:
    """The samples with a column of numbers as labels where no label is one; former labels are metadata."""
    known = any(one.target is not None or not math.isnan(number_in(one.label)) for one in samples)
    column = None if known else _column(samples)
    if column is None:
        return samples, ()
    fact = Fact("target column", column, "guessed", "no label is a number; this column holds numbers")
    return [_labelled(one, column) for one in samples], (fact,)


def _column(samples: Sequence[Sample]) -> str | None:
    names = {name.strip().lower(): name for one in samples for name in one.metadata}
    found = (names[name] for name in COLUMNS if name in names)
    return next((name for name in found if _holds_numbers(samples, name)), None)


def _holds_numbers(samples: Sequence[Sample], name: str) -> bool:
    return any(not math.isnan(number_in(one.metadata.get(name))) for one in samples)


def _labelled(sample: Sample, column: str) -> Sample:
    value = sample.metadata.get(column)
    former = {} if sample.label is None else {"label": sample.label}
    label = None if value in (None, "") else str(value)
    return replace(sample, label=label, metadata={**sample.metadata, **former})
