"""On which way up of a picture with an EXIF orientation an annotation was made: stored or upright.

The size that the annotation states decides for each picture; where it cannot (shares, squares, half turns,
mirrors), what the project says, the other annotations, or how well the regions fit the pictures.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from scipy.stats import binomtest

from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.types import Fact, Floats, MaskFile, Picture, Region, RunLength, Shape
from gradcam_core.images.encoding import thumbnail
from gradcam_core.images.reading import Header, read_header, read_rgb
from gradcam_core.images.regions.clipping import UNIT, Size, fit_shapes, same_proportions
from gradcam_core.images.regions.matching import Matcher
from gradcam_core.images.regions.raster import render

LOOKED_AT = 100  # annotated pictures among which one with an orientation is looked for
COMPARED = 64  # pictures on which both ways up are compared
LONGEST = 192  # pixels of these
ALPHA = 0.01
OPTION = "the other way with --regions-orientation"

Annotated = tuple[Sequence[Shape], Size | None]


@dataclass
class Frames:
    """The way up that each annotation was made on; a sample without an entry has no orientation.

    ``fact`` says how it was decided; None where no annotated picture has an orientation.
    """

    of: dict[str, Orientation] = field(default_factory=dict)
    fact: Fact | None = None


def find_frames(annotated: Mapping[str, Annotated], matcher: Matcher, given: Orientation | None) -> Frames:
    """Decide for every annotated sample whose picture has an orientation.

    Args:
        annotated: sample id -> its shapes and the (height, width) that they state.
        matcher: knows the pictures.
        given: what the project says; wins over everything.
    """
    tagged = _tagged(annotated, matcher)
    if not tagged:
        return Frames()
    if given is not None:
        value = f"{given} for {len(tagged):,} turned pictures"
        return Frames(dict.fromkeys(tagged, given), Fact("regions orientation", value, "given"))
    told = {name: _stated(*annotated[name], header) for name, header in tagged.items()}
    stated = {name: frame for name, frame in told.items() if frame is not None}
    silent = [name for name in tagged if name not in stated]
    counts = Counter(stated.values())
    value = ", ".join(f"{frame} for {count:,}" for frame, count in counts.items())
    if not silent:
        why = "the sizes that the annotations state, of turned pictures"
        return Frames(stated, Fact("regions orientation", value, "read", why))
    frame, why, warning = _guessed(silent, counts, annotated, matcher)
    value = ", ".join(filter(None, (value, f"{frame} for {len(silent):,} that state no size that tells")))
    fact = Fact("regions orientation", value, "guessed", f"{why}; {OPTION}", warning)
    return Frames({**stated, **dict.fromkeys(silent, frame)}, fact)


def _tagged(annotated: Mapping[str, Annotated], matcher: Matcher) -> dict[str, Header]:
    """Samples whose picture has an orientation.

    Only masks need no look at the picture: where they are all there is, an even choice tells whether it is
    worth one.
    """
    names = list(annotated)
    masks = all(isinstance(shape, MaskFile) for shapes, _ in annotated.values() for shape in shapes)
    if masks and not _turned(names[:: max(1, len(names) // LOOKED_AT)], matcher):
        return {}
    return _turned(names, matcher)


def _turned(names: Sequence[str], matcher: Matcher) -> dict[str, Header]:
    found = {}
    for name in names:
        try:
            header = matcher.header(name)
        except SampleError:
            continue  # the audit says so about the sample itself
        if header.turn != 1:
            found[name] = header
    return found


def _stated(shapes: Sequence[Shape], annotated: Size | None, header: Header) -> Orientation | None:
    """The way up that the annotation's size tells; None where both fit, or neither does."""
    sizes = [annotated, *(_own_size(shape) for shape in shapes)]
    for size in sizes:
        if size in (None, UNIT):
            continue
        upright, stored = (same_proportions(size, one) for one in (header.upright, header.stored))
        if upright != stored:
            return "upright" if upright else "stored"
    return None


def _own_size(shape: Shape) -> Size | None:
    if isinstance(shape, RunLength):
        return shape.size
    if isinstance(shape, MaskFile):
        try:
            return read_header(shape.path).upright
        except SampleError:
            return None  # render says so
    return None


def _guessed(
    silent: Sequence[str],
    stated: Counter[Orientation],
    annotated: Mapping[str, Annotated],
    matcher: Matcher,
) -> tuple[Orientation, str, str]:
    """(way up, from what, warning) for annotations whose size does not tell."""
    if len(stated) == 1:
        return next(iter(stated)), "the sizes of the others tell", ""
    chosen = silent[:: max(1, len(silent) // COMPARED)][:COMPARED]
    contrasts = [_contrasts(annotated[name], matcher, name) for name in chosen]
    stored = sum(one > other for one, other in contrasts)
    upright = sum(other > one for one, other in contrasts)
    frame: Orientation = "stored" if stored > upright else "upright"
    decided = stored + upright
    if decided and binomtest(stored, decided).pvalue < ALPHA:
        count = max(stored, upright)
        return (
            frame,
            f"there regions stand out from what surrounds them in {count} of {decided} pictures",
            "",
        )
    why = f"regions stand out as well either way: stored in {stored}, upright in {upright} pictures"
    warning = (
        f"nothing tells on which way up the regions of {len(silent):,} turned pictures were drawn, "
        f"so they may be displaced; taken as upright; {OPTION}"
    )
    return "upright", why, warning


def _contrasts(annotated: Annotated, matcher: Matcher, name: str) -> tuple[float, float]:
    """How much the region differs from its surroundings if drawn on (the stored, the upright) picture."""
    try:
        picture = thumbnail(read_rgb(matcher.file(name), (LONGEST, LONGEST)), LONGEST)
        stored, upright = (_mask(annotated, lambda: matcher.header(name), way) for way in _WAYS)
    except SampleError:
        return 0.0, 0.0
    return _contrast(picture, stored), _contrast(picture, upright)


_WAYS: tuple[Orientation, Orientation] = ("stored", "upright")


def _mask(annotated: Annotated, header: Callable[[], Header], frame: Orientation) -> Floats:
    shapes, size = annotated
    try:
        fitted, _ = fit_shapes(shapes, size, header, frame)
        return render(Region("mask", tuple(fitted)), header().upright)
    except SampleError:
        return np.zeros(header().upright, np.float32)


def _contrast(picture: Picture, mask: Floats) -> float:
    """How far the mean colour inside a region is from that in a ring around it, in their spreads."""
    height, width = picture.shape[:2]
    inside = cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA) >= 0.5
    reach = max(1, round(0.25 * np.sqrt(inside.sum())))
    grown = cv2.dilate(inside.view(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    ring = (grown > 0) & ~inside
    if not inside.any() or not ring.any():
        return 0.0
    one, other = picture[inside].astype(np.float64), picture[ring].astype(np.float64)
    spread = (
        np.sqrt(one.var(axis=0) + other.var(axis=0)) + 1
    )  # a level of 255: flat colours are no infinity
    return float(np.linalg.norm((one.mean(axis=0) - other.mean(axis=0)) / spread))
