"""What the shape of recurring structure speaks for: a mark, something along the edge, or all over."""

import numpy as np
from scipy import ndimage

from gradcam_core.base.types import Doubles, Mask
from gradcam_core.findings.search import appearance
from gradcam_core.findings.search.leads import box_of

RING, SMALL, LONG, MOST_OF = 0.12, 0.2, 0.5, 0.6
APART, DENSE = 0.2, 0.5  # of the energy; of its box: pieces of a faint pattern fill less of theirs


def kind(strong: Mask, energy: Doubles) -> str | None:
    """Which flag the shape of the structure speaks for; None where there is next to nothing.

    Args:
        strong: (h, w) pixels that stand out.
        energy: (h, w) how much of the structure lies at each pixel, noise taken off; NaN where too few
            pictures show it. Objects hide the middle, where fewer pixels stand out of what runs all over
            the picture, so means are compared and not counts.
    """
    if strong.sum() < 4:
        return None
    top, left, bottom, right = box_of(strong)
    if max(bottom - top, right - left) > LONG and _in_ring(energy) >= MOST_OF:
        return "border"
    blob = largest(strong)
    top, left, bottom, right = box_of(blob)
    small = (bottom - top) * (right - left) <= SMALL
    return "fixed-marker" if small and blob.sum() >= MOST_OF * strong.sum() else "watermark"


def _in_ring(energy: Doubles) -> float:
    """The share 0..1 of the structure that lies in the outer ring, as if every pixel showed as much."""
    ring = appearance.ring((energy.shape[0], energy.shape[1]), 0, RING) > 0
    parts = [(energy[part & np.isfinite(energy)], part.sum()) for part in (ring, ~ring)]
    outer, inner = (max(0.0, float(size * seen.mean())) if len(seen) else 0.0 for seen, size in parts)
    return outer / max(outer + inner, 1e-9)


def dominant(strong: Mask, energy: Doubles) -> Mask:
    """(h, w) bool, the part with most of what stands out, else all: a tag is not what differs beside it."""
    if strong.sum() < 4:
        return strong
    part = largest(strong)
    return part if energy[part].sum() >= MOST_OF * energy[strong].sum() else strong


def apart(strong: Mask, energy: Doubles) -> list[Mask]:
    """Marks, each (h, w) bool, that stand beside other structure, and what is left of that; [] where not.

    A mark is small, fills its box and holds a fifth of the energy (h, w); so does what is left, weaker
    marks aside: one that roams makes several, and none of them is an edge.
    """
    marked, count = ndimage.label(ndimage.binary_dilation(strong, iterations=2))
    pieces = [(marked == number) & strong for number in range(1, count + 1)]
    small = [one for one in pieces if _mark(one)]
    marks = [one for one in small if _share(one, strong, energy) >= APART]
    rest = strong & ~np.any([np.zeros_like(strong), *small], axis=0)
    return [*marks, rest] if marks and _share(rest, strong, energy) >= APART else []


def _mark(piece: Mask) -> bool:
    top, left, bottom, right = box_of(piece)
    area, longest = (bottom - top) * (right - left), max(bottom - top, right - left)
    return area <= SMALL and longest <= LONG and piece.mean() >= DENSE * area


def _share(part: Mask, whole: Mask, energy: Doubles) -> float:
    return float(energy[part].sum() / energy[whole].sum())


def largest(strong: Mask) -> Mask:
    """(h, w) bool, the largest connected part after closing gaps of two pixels."""
    marked, count = ndimage.label(ndimage.binary_dilation(strong, iterations=2))
    sizes = ndimage.sum_labels(strong, marked, np.arange(1, count + 1))
    return np.asarray((marked == int(np.argmax(sizes)) + 1) & strong, dtype=bool)
