"""What the picture files of a project are like, as far as it takes a rule to read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base import remote_folder
from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import FULL
from gradcam_core.images.reading import read_header, read_values

MOST, MOST_REMOTE = 1000, 64  # files whose header is read, evenly chosen
MEASURED = 64  # deep pictures whose values are read
VALUES = 20_000  # values of each that count
INSIDE = 0.998  # share of all values that a range holds: single bright pixels decide nothing
_DEPTHS = (8, 10, 12, 14)


@dataclass(frozen=True)
class Survey:
    """Places (in the order given) of files out of ``looked`` readable ones.

    ``turned`` have an EXIF orientation other than 1, ``deep`` more than 8 bits, ``see_through``
    transparency, ``frames`` several frames or pages.
    """

    looked: int
    turned: tuple[int, ...]
    deep: tuple[int, ...]
    see_through: tuple[int, ...]
    frames: tuple[int, ...]


def survey(count: int, file: Callable[[int], Path]) -> Survey:
    """Read the headers of an even choice of ``count`` files; what cannot be read is left out."""
    remote = count > 0 and remote_folder.mirror_of(file(0).parent) is not None
    places = evenly(range(count), MOST_REMOTE if remote else MOST)
    found = {}
    for place in places:
        try:
            found[place] = read_header(file(place))
        except SampleError:
            continue  # the audit says so about the sample itself
    return Survey(
        len(found),
        turned=tuple(place for place, one in found.items() if one.turn != 1),
        deep=tuple(place for place, one in found.items() if one.deep),
        see_through=tuple(place for place, one in found.items() if one.see_through),
        frames=tuple(place for place, one in found.items() if one.frames),
    )


def evenly(places: Sequence[int], most: int) -> list[int]:
    """At most ``most`` of these places, spread evenly."""
    if len(places) <= most:
        return list(places)
    return [places[int(index)] for index in np.linspace(0, len(places) - 1, most)]


@dataclass(frozen=True)
class ValueRange:
    """The range that holds nearly all values of some deep pictures.

    ``kind`` is "f" where any of them holds floats, else "i"; ``pictures`` how many were measured.
    """

    low: float
    high: float
    kind: str
    pictures: int

    @property
    def rule(self) -> str:
        """The rule that maps exactly this range."""
        high = self.high if self.high > self.low else self.low + 1
        return f"range={self.low:.6g}..{high:.6g}"

    @property
    def fits_full(self) -> bool:
        """Whether "full-range" makes sense: 16 bits without a sign, or shares 0..1."""
        return self.low >= 0 and self.high <= (1 if self.kind == "f" else 2**16 - 1)

    @property
    def guess(self) -> str:
        """The likeliest rule: the fewest bits of a detector that hold the range, shares, or the range."""
        if self.kind == "i" and self.fits_full:
            return next((f"bits={bits}" for bits in _DEPTHS if self.high < 2**bits), FULL)
        if self.fits_full:
            return FULL
        return "range=0..255" if self.low >= 0 and self.high <= 255 else self.rule


def value_range(files: Sequence[Path]) -> ValueRange | None:
    """The range of the values of an even choice of deep pictures; None where none can be read."""
    parts: list[NDArray[np.generic]] = []
    for place in evenly(range(len(files)), MEASURED):
        try:
            values = read_values(files[place]).ravel()
        except SampleError:
            continue
        parts.append(values[:: max(1, len(values) // VALUES)])
    if not parts:
        return None
    pooled = np.concatenate([part.astype(np.float64) for part in parts])
    pooled = pooled[np.isfinite(pooled)]
    outside = (1 - INSIDE) / 2
    low, high = np.quantile(pooled, (outside, 1 - outside), method="nearest") if len(pooled) else (0, 1)
    kind = "f" if any(part.dtype.kind == "f" for part in parts) else "i"
    return ValueRange(float(low), float(high), kind, len(parts))
