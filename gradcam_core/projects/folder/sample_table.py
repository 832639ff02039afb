"""CSV, Parquet and JSON Lines manifests: find them, read them, know their columns."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from gradcam_core.base.columns import PATH_COLUMNS, first_of, plain_names
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import irregular
from gradcam_core.base.text import short
from gradcam_core.base.types import Meta

TABLES = (".csv", ".tsv", ".parquet", ".jsonl")
LABEL_COLUMNS = (
    *("label", "class", "class_name", "classname", "category", "true_label", "ground_truth"),
    *("diagnosis", "dx", "target", "labels", "finding_labels", "findings", "tags"),
    *("breed", "species", "classid"),
)
SPLIT_COLUMNS = ("split", "subset", "set", "partition")
TEST_SPLITS = ("test", "testing")
MOST_IN_A_LINE = 1_000_000
_MISSING = ["", "nan", "NaN", "NAN"]  # not "NA" or "None": these can be class names


@dataclass(frozen=True)
class Manifest:
    """One table: its rows as texts and values, and which columns were taken for what.

    ``class_columns`` were one class each before they became the label column; ``class_order`` is that of
    the model's outputs where the table's data set tells it.
    """

    file: Path
    frame: pd.DataFrame
    path_column: str
    label_column: str | None
    split_column: str | None
    class_columns: tuple[str, ...] = ()
    class_order: tuple[str, ...] = ()

    def rows(self) -> Iterable[tuple[str | None, str | None, Mapping[str, Meta]]]:
        """(path, label, metadata) per row; further columns are metadata."""
        special = (self.path_column, self.label_column)
        columns = [name for name in self.frame.columns if name not in special]
        for record in self.frame.to_dict("records"):
            label = record[self.label_column] if self.label_column else None
            metadata = {str(name): _plain(record[name]) for name in columns}
            yield _text(record[self.path_column]), _text(label), metadata

    @property
    def guessed(self) -> list[str]:
        """Sentences about columns that were taken by a synonym."""
        taken = (("path", self.path_column), ("label", self.label_column))
        return [f"column {name!r} taken as {what}" for what, name in taken if name not in (what, None)]


def read_manifest(file: Path) -> Manifest:
    """Read a manifest.

    Raises:
        ProjectError: it cannot be read, is empty, or has no column with paths.
    """
    frame = _read(file)
    names = plain_names(frame.columns)
    path_column = first_of(names, PATH_COLUMNS)
    if path_column is None:
        raise ProjectError(
            f"a column with paths ({', '.join(PATH_COLUMNS)}) in {file}",
            f"columns {short(', '.join(map(str, frame.columns)))}",
            "name the column with the picture files `path`",
        )
    label_column, split_column = first_of(names, LABEL_COLUMNS), first_of(names, SPLIT_COLUMNS)
    return Manifest(file, frame, path_column, label_column, split_column)


def _read(file: Path) -> pd.DataFrame:
    try:
        if problem := irregular(file):
            raise OSError(problem)
        if file.suffix.lower() == ".parquet":
            return pd.read_parquet(file)
        if file.suffix.lower() == ".jsonl":
            return _flat([json.loads(line) for line in read_text(file).splitlines() if line.strip()])
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header = lines.readline(MOST_IN_A_LINE)
        separator = max("\t,;|", key=header.count)
        names = plain_names(next(csv.reader([header], delimiter=separator), []))
        texts = [one for kind in (PATH_COLUMNS, LABEL_COLUMNS) if (one := first_of(names, kind))]
        return pd.read_csv(
            file,
            sep=separator,
            encoding="utf-8-sig",
            dtype=dict.fromkeys(texts, str),
            keep_default_na=False,
            na_values=_MISSING,
        )
    except (OSError, ValueError, RecursionError, csv.Error, pa.ArrowException) as error:
        raise ProjectError(
            f"a CSV (UTF-8), JSON Lines or Parquet table in {file}",
            short(str(error).strip()),
            "save the table again",
        ) from error


def _flat(entries: Sequence[Any]) -> pd.DataFrame:
    """Lines of JSON as a table of texts; lists and objects in them are no metadata.

    Raises:
        ValueError: a line is no object.
    """
    if not all(isinstance(entry, dict) for entry in entries):
        raise ValueError("a line that is no JSON object")
    plain = [{k: v for k, v in entry.items() if not isinstance(v, list | dict)} for entry in entries]
    return pd.DataFrame(plain, dtype=object)


def _text(value: object) -> str | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a label column with gaps is read as floats
    return str(value).strip() or None


def _plain(value: object) -> Meta:
    """A value that JSON and Parquet know; dates and the like become text."""
    item = value.item() if hasattr(value, "item") and not hasattr(value, "__len__") else value
    if isinstance(item, str | bool | int):
        return item
    if isinstance(item, float):
        return None if isnan(item) else item
    return None if item is None or item is pd.NaT or item is pd.NA else str(item)
