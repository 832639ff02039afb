"""Mask pictures, matched to samples by name; what is object in them: ``regions/raster.py``."""

import re
from collections.abc import Sequence
from pathlib import Path

from gradcam_core.base.types import MaskFile
from gradcam_core.images import is_picture_name
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat
from gradcam_core.images.regions.matching import Matcher, bare

TRIMAPS = ("trimaps", "trimap")
_WORD = r"(?:masks?|seg(?:mentation)?s?|labels?|gt|groundtruth|annotations?|objects?|lesions?|bin(?:ary)?)"
_AFTER = re.compile(rf"[ _.\-]+{_WORD}(?:[ _.\-]*\d+)?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^{_WORD}[ _.\-]+", re.IGNORECASE)


def without_mask_word(stem: str) -> str | None:
    """``cat_mask`` -> ``cat``, ``mask-cat`` -> ``cat``, ``cat (1)_mask_2`` -> ``cat (1)``; else None."""
    for pattern in (_AFTER, _BEFORE):
        shorter = pattern.sub("", stem)
        if shorter and shorter != stem:
            return shorter
    return None


def mask_owner(file: Path, matcher: Matcher) -> str | None:
    """The sample whose mask this file is, by its own stem first and then without a mask word."""
    parent, stem = file.parent.as_posix(), bare(file.name)
    for name in (stem, without_mask_word(stem)):
        found = matcher.find(f"{parent}/{name}.png") if name else None
        if found is not None:
            return found
    return None


def _inside(file: Path) -> tuple[int, ...]:
    """A trimap (Oxford-IIIT Pet) is 1 on the object, 2 off it, 3 on its border, which counts as object."""
    return (1, 3) if file.parent.name.lower() in TRIMAPS else ()


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    strangers = []
    for file in files:
        if matcher.is_sample(file):
            continue
        sample = mask_owner(file, matcher)
        if sample is None:
            strangers.append(file.name)
        else:
            reading.add(sample, MaskFile(file, inside=_inside(file)))
    if strangers:
        reading.problems.append(f"{len(strangers)} masks without a picture, e.g. {strangers[0]}")
    return reading


REGIONS.add("mask", RegionFormat("mask pictures", is_picture_name, _read))
