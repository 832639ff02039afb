"""How many, how large, how bright: per class and split, and what looks like no picture at all."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from gradcam_core.findings.data.reading import Data
from gradcam_core.images.scaling import GREY

DARK, BRIGHT, FLAT = 10.0, 245.0, 3.0  # of 255: mean brightness, and spread, of hardly a picture
NO_LABEL = "no label"


@dataclass(frozen=True)
class Counts:
    """Of all samples.

    Attributes:
        classes: one row per label: label, samples, one column per split, unreadable, and medians of
            height, width, brightness (0..255) and contrast (its spread within a picture).
        sizes: (height, width) -> number of pictures, most frequent first.
        blank: rows of the table whose picture is black, white or of one colour.
    """

    classes: pd.DataFrame
    sizes: dict[tuple[int, int], int]
    blank: tuple[int, ...]


def counted(data: Data) -> Counts:
    """Count and measure."""
    table = data.table
    grey = data.pictures.astype(np.float32) @ GREY
    brightness, contrast = grey.mean(axis=(1, 2)), grey.std(axis=(1, 2))
    odd = data.read & ((brightness < DARK) | (brightness > BRIGHT) | (contrast < FLAT))
    measured = pd.DataFrame(
        {
            "label": table["label"].fillna(NO_LABEL).astype(str),
            "split": table["split"],
            "unreadable": ~data.read,
            **{name: table[name].where(data.read) for name in ("height", "width")},
            "brightness": np.where(data.read, brightness, np.nan),
            "contrast": np.where(data.read, contrast, np.nan),
        }
    )
    known = table[data.read]
    sizes = Counter(zip(known["height"].astype(int), known["width"].astype(int), strict=True))
    return Counts(
        _classes(measured), dict(sizes.most_common()), tuple(int(row) for row in np.flatnonzero(odd))
    )


def _classes(measured: pd.DataFrame) -> pd.DataFrame:
    by_label = measured.groupby("label", sort=True)
    splits = pd.crosstab(measured["label"], measured["split"])
    medians = by_label[["height", "width", "brightness", "contrast"]].median().astype(float).round(1)
    sums = by_label["unreadable"].agg(["size", "sum"]).set_axis(["samples", "unreadable"], axis=1)
    return sums.join(splits).join(medians).reset_index()
