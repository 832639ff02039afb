"""CSV and Parquet manifests: find them, read them, know their columns."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import pandas as pd
import pyarrow as pa

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import irregular
from gradcam_core.base.text import short
from gradcam_core.base.types import Meta

TABLES = (".csv", ".tsv", ".parquet")
PATH_COLUMNS = (
    *("path", "file", "filename", "file_name", "file_path", "filepath", "image_path", "image_file"),
    *("image_name", "image", "image_id", "img", "picture", "sample"),
)
LABEL_COLUMNS = (
    *("label", "class", "class_name", "classname", "category", "true_label", "ground_truth"),
    *("diagnosis", "dx", "target", "labels", "finding_labels", "findings", "tags"),
)
SPLIT_COLUMNS = ("split", "subset", "set", "partition")
TEST_SPLITS = ("test", "testing")
MOST_IN_A_LINE = 1_000_000
_MISSING = ["", "nan", "NaN", "NAN"]  # not "NA" or "None": these can be class names


@dataclass(frozen=True)
class Manifest:
    """One table: its rows as texts and values, and which columns were taken for what.

    ``class_columns`` were one class each before they became the label column.
    """

    file: Path
    frame: pd.DataFrame
    path_column: str
    label_column: str | None
    split_column: str | None
    class_columns: tuple[str, ...] = ()

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
    names = {str(name).strip().lower().replace(" ", "_"): str(name) for name in frame.columns}
    path_column = _first(names, PATH_COLUMNS)
    if path_column is None:
        raise ProjectError(
            f"a column with paths ({', '.join(PATH_COLUMNS)}) in {file}",
            f"columns {short(', '.join(map(str, frame.columns)))}",
            "name the column with the picture files `path`",
        )
    return Manifest(file, frame, path_column, _first(names, LABEL_COLUMNS), _first(names, SPLIT_COLUMNS))


def _first(names: Mapping[str, str], wanted: Iterable[str]) -> str | None:
    return next((names[name] for name in wanted if name in names), None)


def _read(file: Path) -> pd.DataFrame:
    try:
        if problem := irregular(file):
            raise OSError(problem)
        if file.suffix.lower() == ".parquet":
            return pd.read_parquet(file)
        with file.open(encoding="utf-8-sig", newline="") as lines:
            header = lines.readline(MOST_IN_A_LINE)
        separator = max("\t,;|", key=header.count)
        names = next(csv.reader([header], delimiter=separator), [])
        texts = [n for n in names if n.strip().lower().replace(" ", "_") in (*PATH_COLUMNS, *LABEL_COLUMNS)]
        return pd.read_csv(
            file,
            sep=separator,
            encoding="utf-8-sig",
            dtype=dict.fromkeys(texts, str),
            keep_default_na=False,
            na_values=_MISSING,
        )
    except (OSError, ValueError, csv.Error, pa.ArrowException) as error:
        raise ProjectError(
            f"a CSV (UTF-8) or Parquet table in {file}", short(str(error).strip()), "save the table again"
        ) from error


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
