"""The columns of a run's table, whatever became of the file: those that are missing are empty."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.errors import RunError

ID = "sample_id"
WORDS: Mapping[str, str | None] = {
    **dict.fromkeys(("label", "predicted", "explained", "correct")),
    **{"path": "", "status": "ok", "reason": "", "region_source": "none"},
}
NUMBERS = ("confidence", "margin", "object_area")
SIZES = ("height", "width")
OF_TASK: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "regression": ((), ("target", "output", "error", "absolute_error")),
    "visual-anomaly": ((), ("anomaly_score",)),
    "multi-label": (("presence", "own_class", "picture", "labels", "answers"), ("score",)),
    "object-detection": (("detection", "picture", "cells", "boxes"), ("score",)),
}
"""Task -> (columns of words, columns of numbers) that its runs have besides."""


def completed(table: pd.DataFrame, manifest: Mapping[str, Any], name: str) -> pd.DataFrame:
    """The table with every column that its kind of run has; a column of another kind is empty, too.

    Raises:
        RunError: there are no ids, without which nothing can be said of a row.
    """
    if ID not in table or not _is_words(table[ID]) or table[ID].isna().any():
        todo = "audit again; maps and numbers of the folder can still be read (docs/run-format.md)"
        raise RunError(f"samples.parquet of the run {name} with its columns", f"no usable {ID}", todo)
    changes = dict(_repairs(table, manifest))
    return table.assign(**changes) if changes else table


def lacking(names: list[str], manifest: Mapping[str, Any]) -> list[str]:
    """The columns that a run of this kind has and these ``names`` do not hold."""
    words, numbers = _expected(manifest)
    return [one for one in (ID, *words, *numbers, *SIZES) if one not in names]


def _expected(manifest: Mapping[str, Any]) -> tuple[dict[str, str | None], list[str]]:
    words, numbers = OF_TASK.get(str(manifest["project"]["task"]), ((), ()))
    scores = list(manifest["scores"])
    fine = {"fine_status": "ok"} if "fine" in manifest["maps"] else {}
    return {**WORDS, **fine, **dict.fromkeys(words)}, [*NUMBERS, *numbers, *scores]


def _repairs(table: pd.DataFrame, manifest: Mapping[str, Any]) -> list[tuple[str, Any]]:
    words, numbers = _expected(manifest)
    found: list[tuple[str, Any]] = []
    for name, empty in words.items():
        if name not in table or not (_is_words(table[name]) or name == "correct"):
            found.append((name, pd.Series([empty] * len(table), index=table.index, dtype=object)))
    if "correct" in table and not _is_flags(table["correct"]):
        found.append(("correct", pd.Series([None] * len(table), index=table.index, dtype=object)))
    for name in numbers:
        if name not in table or not _is_numbers(table[name]):
            found.append((name, np.full(len(table), np.nan)))
    for name in SIZES:
        if name not in table or not _is_numbers(table[name]) or table[name].isna().any():
            found.append((name, np.zeros(len(table), np.int64)))
    return found


def _is_words(column: pd.Series) -> bool:
    kind = column.dtype
    if isinstance(kind, pd.CategoricalDtype):
        return _is_words(column.cat.categories.to_series())
    if isinstance(kind, pd.StringDtype):
        return True
    return _is_object(column) and pd.api.types.infer_dtype(column, skipna=True) in ("string", "empty")


def _is_object(column: pd.Series) -> bool:
    return bool(pd.api.types.is_object_dtype(column.dtype))


def _is_flags(column: pd.Series) -> bool:
    return pd.api.types.is_bool_dtype(column.dtype) or (
        _is_object(column) and pd.api.types.infer_dtype(column, skipna=True) in ("boolean", "empty")
    )


def _is_numbers(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)
