"""How a picture file becomes RGB of 8 bits: one rule for all pictures of a project, kept with its runs."""

import re
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from gradcam_core.base.errors import ProjectError

Orientation = Literal["stored", "upright"]

FULL, DATASET, OWN, WINDOW = "full-range", "dataset-range", "own-range", "window"
NO_BACKGROUND = "none"
BLACK = "#000000"
_COLOURS = {"black": BLACK, "white": "#ffffff", "grey": "#808080", NO_BACKGROUND: NO_BACKGROUND}
_BITS = re.compile(r"bits=(\d+)$")
_RANGE = re.compile(r"range=(.+?)\.\.(.+)$")


@dataclass(frozen=True)
class Pixels:
    """What becomes of values that RGB of 8 bits has no place for.

    Attributes:
        intensity: of pictures deeper than 8 bits: "full-range" (all that the file could hold is 0..255:
            16-bit values by 257), "bits=12" (0..4095 is 0..255), "range=LOW..HIGH", "window" (that of each
            DICOM header), or "own-range" (each
            picture by itself: only runs that were made before there was a rule).
        background: "#rrggbb", what shows through transparent pixels; "none": alpha is dropped, and hidden
            colours appear.
    """

    intensity: str = FULL
    background: str = BLACK


PLAIN = Pixels()
BEFORE = Pixels(OWN, NO_BACKGROUND)
"""How runs read pictures whose manifest says nothing about it."""


def levels(intensity: str) -> tuple[float, float] | None:
    """The values that become 0 and 255; None where they depend on the file (full-range, own-range).

    Raises:
        ProjectError: no such rule.
    """
    if bits := _BITS.match(intensity):
        if 1 <= int(bits[1]) <= 32:
            return 0.0, float(2 ** int(bits[1]) - 1)
    elif ends := _RANGE.match(intensity):
        low, high = _number(ends[1]), _number(ends[2])
        if low is not None and high is not None and low < high:
            return low, high
    elif intensity in (FULL, OWN, WINDOW):
        return None
    raise ProjectError(
        "intensity as full-range, bits=12, dataset-range, range=LOW..HIGH or window",
        repr(intensity),
        "choose one of these",
    )


def check_intensity(intensity: str) -> None:
    """Refuse what no project may ask for.

    Raises:
        ProjectError: says what can be asked for instead.
    """
    if intensity != DATASET:
        levels("" if intensity == OWN else intensity)


def background_of(text: str) -> str:
    """ "#rrggbb" or "none" out of what a user may write.

    Raises:
        ProjectError: neither a known name nor #rrggbb.
    """
    colour = _COLOURS.get(text.lower(), text.lower())
    if colour != NO_BACKGROUND and not re.fullmatch(r"#[0-9a-f]{6}", colour):
        raise ProjectError(
            f"a background as #rrggbb, {', '.join(_COLOURS)}", repr(text), "choose one of these"
        )
    return colour


def rgb(background: str) -> tuple[int, int, int]:
    """The colour of "#rrggbb"."""
    red, green, blue = bytes.fromhex(background.removeprefix("#"))
    return red, green, blue


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
