"""One crop for many: their mean, or the most typical of them where the mean would show nothing any more.

A mark that is the same everywhere (a letter, a plate) survives an average, and the average takes what lay
around it away. A thin mark whose place or course varies (a tube, a hair, a ruler at an angle) is blurred
until nothing is left to react to: an edit that pastes such an average tests a smear, not the mark.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from gradcam_core.base.types import Doubles, Floats, Picture

KEPT = 0.5  # of the detail that marks add: a mean with less is a smear
GRAIN = 1.0  # pixels: what is finer is grain, which every mean takes away by right


def as_large(crops: Sequence[Picture]) -> Floats:
    """(N, h, w, 3) float32 grey levels 0..255, the crops at the size of the first."""
    height, width = crops[0].shape[:2]
    same = [cv2.resize(crop, (width, height), interpolation=cv2.INTER_AREA) for crop in crops]
    return np.asarray(same, dtype=np.float32)


def detail(crop: Floats) -> float:
    """Mean size of the steps in a crop (h, w, 3), grain left out, in grey levels per pixel."""
    calm = cv2.GaussianBlur(crop, (0, 0), GRAIN)
    return float(np.hypot(cv2.Sobel(calm, -1, 1, 0), cv2.Sobel(calm, -1, 0, 1)).mean())


def kept(marks: Sequence[Picture], plains: Sequence[Picture]) -> float:
    """What the mean of the marks keeps of what they add to plain crops, a share of their detail (median).

    1 for marks that add none. What all crops share (a rib, a margin) says nothing about the mark.
    """
    same = as_large(marks)
    plain = as_large([marks[0], *plains])[1:].mean(axis=0)
    added = same - plain
    usual = float(np.median([detail(crop) for crop in added]))
    return detail(added.mean(axis=0)) / usual if usual > 0 else 1.0


def of_both(marks: Sequence[Picture], plains: Sequence[Picture]) -> tuple[Picture, Picture]:
    """Mark and plain crop, (h, w, 3) uint8 each: means, or medoids where a mean of marks is a smear.

    The marks decide for both, so that edit and control are made in the same way.
    """
    one_for_many = medoid if len(marks) > 1 and kept(marks, plains) < KEPT else mean
    return one_for_many(marks), one_for_many(plains)


def mean(crops: Sequence[Picture]) -> Picture:
    """(h, w, 3) uint8, the average of the crops at the size of the first."""
    return np.asarray(np.rint(as_large(crops).mean(axis=0)), dtype=np.uint8)


def medoid(crops: Sequence[Picture]) -> Picture:
    """(h, w, 3) uint8, the crop that is least far from all others, as it is: a real one, sharp."""
    return crops[int(_apart(as_large(crops)).sum(axis=1).argmin())]


def _apart(crops: Floats) -> Doubles:
    """(N, N) float64, mean difference of grey levels of every two crops."""
    flat = crops.reshape(len(crops), -1)
    return np.asarray([np.abs(flat - one).mean(axis=1) for one in flat], dtype=np.float64)
