"""From what could the label be read without looking at the object? Cross-validated, tests corrected."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.intervals import wilson
from gradcam_core.base.types import Doubles
from gradcam_core.findings import statistics
from gradcam_core.findings.data.reading import Data
from gradcam_core.findings.material import Material
from gradcam_core.findings.search.probes import Probe, probe, run_probes
from gradcam_core.runs.findings import Interval

MOST = 2000  # samples that are drawn for the probes, which ask at most 800 of them
Q = 0.01
FILE_COLUMNS = ("file_format", "file_mode", "file_camera", "file_software")
MOST_VALUES = 12
WORDS = {
    "border": "the outer ring of the picture",
    "background": "the background",
    "look": "brightness, colour, contrast and sharpness",
    "file": "the file itself (size in pixels and bytes, format, camera, software)",
}


@dataclass(frozen=True)
class Readable:
    """What a classifier that sees one thing only gets right, out of sample.

    Attributes:
        name: "border", "background", "look", "file".
        accuracy, interval: share of labels right and its 95 % interval.
        majority: what always naming the largest class gets.
        q: of the probes together (Benjamini-Hochberg); n: samples asked.
        more: False for a border that tells no more than the ring just inside of it.
        regions: the background is what lies outside given regions; else outside the central 60 %.
    """

    name: str
    accuracy: float
    interval: Interval
    majority: float
    q: float
    n: int
    more: bool = True
    regions: bool = False

    @property
    def clear(self) -> bool:
        """Beyond chance: the interval lies above the largest class, and q is small."""
        return self.interval[0] > self.majority and self.q < Q

    @property
    def short(self) -> str:
        """What the number means, in a few words."""
        if not self.more and self.interval[0] > self.majority:
            return "as much as the ring just inside of it"
        return "clearly more than chance" if self.clear else "no more than chance could be"

    @property
    def said(self) -> str:
        """One sentence with its numbers."""
        low, high = (100 * end for end in self.interval)
        numbers = (
            f"{100 * self.accuracy:.0f} % ({low:.0f}–{high:.0f}; always the largest class "
            f"{100 * self.majority:.0f} %; n = {self.n})"
        )
        what = WORDS[self.name]
        if self.name == "background":
            what += ", outside the given regions," if self.regions else ", outside the central 60 %,"
        if not self.more and self.interval[0] > self.majority:
            inner = "the ring just inside of it tells as much, so the reason is no frame or stamp"
            return f"{what} alone tells the label: {numbers}; {inner}"
        if self.clear:
            return f"the label can be read from {what} alone: {numbers}"
        return f"no sign that the label can be read from {what} alone: {numbers}"


def read_labels(data: Data, units: NDArray[np.object_] | None, seed: int) -> Iterator[Readable]:
    """One entry per probe that could be made."""
    rows = _chosen(data, seed)
    if not len(rows):
        return
    material = _material(data, rows, units)
    found = run_probes(material, seed)
    files = probe(_file_values(data.table.iloc[rows]), material.labels, seed, material.units)
    probes = {"border": found.border, "background": found.background, "look": found.look, "file": files}
    known = {name: one for name, one in probes.items() if one is not None}
    corrected = statistics.adjusted([one.p for one in known.values()])
    for (name, one), q in zip(known.items(), corrected, strict=True):
        yield Readable(
            name,
            one.accuracy,
            _interval(one),
            one.majority,
            float(q),
            one.n,
            more=not _lowered(one),
            regions=bool(material.covered.any()),
        )


def _interval(one: Probe) -> Interval:
    low, high = wilson(one.accuracy, one.worth)
    return float(low), float(high)


def _lowered(one: Probe) -> bool:
    """The lift is not that of the accuracy: something else told as much."""
    return abs((one.accuracy - one.majority) / (1 - one.majority) - one.lift) > 1e-9


def _chosen(data: Data, seed: int) -> NDArray[np.intp]:
    rows = np.flatnonzero(data.read & data.table["label"].notna().to_numpy())
    if len(rows) > MOST:
        rows = np.sort(np.random.default_rng(seed).choice(rows, MOST, replace=False))
    return rows


def _material(data: Data, rows: NDArray[np.intp], units: NDArray[np.object_] | None) -> Material:
    """These samples as the probes see them: labels and pictures, no answers and no maps."""
    table = data.table.iloc[rows].reset_index(drop=True).assign(predicted=None, correct=np.nan)
    return Material(
        table,
        class_names=tuple(sorted(set(table["label"]))),
        maps={},
        cover=data.cover[rows],
        pictures=data.pictures[rows],
        embeddings=np.zeros((len(rows), 0), np.float32),
        discover=np.ones(len(rows), bool),
        units=None if units is None else units[rows],
    )


def _file_values(table: pd.DataFrame) -> Doubles:
    """(N, D) logarithms of height, width, proportions and bytes per pixel; one column per frequent tag."""
    height, width, size = (table[name].to_numpy(np.float64) for name in ("height", "width", "bytes"))
    numbers = [np.log(height), np.log(width), np.log(width / height), np.log((size + 1) / (height * width))]
    for name in FILE_COLUMNS:
        values = table[name].fillna("none").astype(str)
        frequent = values.value_counts().index[:MOST_VALUES]
        numbers += [(values == value).to_numpy(np.float64) for value in frequent]
    return np.stack(numbers, axis=1)
