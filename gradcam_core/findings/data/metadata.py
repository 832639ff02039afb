"""Which columns about the samples, and which tags of their files, go with the label."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.base.text import short
from gradcam_core.findings.data.reading import Data
from gradcam_core.findings.groups.association import MOST_VALUES, associate, columns

Q, V = 0.01, 0.1  # Cramér's V below which nothing is told


@dataclass(frozen=True)
class Metadata:
    """Columns against the label.

    Attributes:
        found: one row per column that goes with the label: column, v, value, label, observed, expected, q,
            n, exact (each value has one label); strongest first.
        compared: names of all columns that were.
        left_out: column -> why it was not.
    """

    found: pd.DataFrame
    compared: tuple[str, ...]
    left_out: dict[str, str]

    @property
    def said(self) -> list[str]:
        """One sentence per column that goes with the label."""
        return [_sentence(row) for _, row in self.found.iterrows()]


def compared(data: Data) -> Metadata:
    """Compare every column of two to twelve values."""
    table = data.table[data.read & data.table["label"].notna().to_numpy()].reset_index(drop=True)
    table = table.rename(columns=lambda name: str(name).replace("file_", "meta_file "))
    table = table.assign(predicted=None, correct=np.nan)
    known = columns(table)
    rows = associate(table, known)
    strong = rows[(rows["q"] < Q) & (rows["v"] >= V)].sort_values(["v", "q"], ascending=[False, True])
    best = strong[strong["ratio"] > 1].drop_duplicates("context")
    found = pd.DataFrame(
        {
            "column": best["context"].map(_plain),
            "v": best["v"],
            "value": best["context_value"],
            "label": best["value"],
            "observed": best["observed"],
            "expected": best["expected"],
            "q": best["q"],
            "n": best["n"],
            "exact": [_exact(table, known[name], name) for name in best["context"]],
        }
    )
    asked = set(rows["context"])
    left = {
        _plain(name): _why(table[name], name in known)
        for name in table
        if str(name).startswith("meta_") and name not in asked and table[name].nunique() > 1
    }
    return Metadata(found.reset_index(drop=True), tuple(map(_plain, known)), left)


def _plain(name: object) -> str:
    return short(str(name).removeprefix("meta_"))


def _why(values: pd.Series, few: bool) -> str:
    if few:
        return "too few samples, or one class only"
    return f"{values.nunique():,} values, more than {MOST_VALUES}"


def _exact(table: pd.DataFrame, values: pd.Series, name: str) -> bool:
    return bool((table["label"].groupby(values).nunique() == 1).all())


def _sentence(row: pd.Series) -> str:
    numbers = f"Cramér's V {row['v']:.2f}, q {row['q']:.2g}, n = {row['n']}"
    if row["exact"]:
        return f"{row['column']} tells the label of every sample, as a copy of it would ({numbers})"
    return (
        f"{row['column']} goes with the label: of {row['label']}, {row['observed']} have "
        f"{short(row['value'], 40)}, {row['expected']:.0f} would by chance ({numbers})"
    )
