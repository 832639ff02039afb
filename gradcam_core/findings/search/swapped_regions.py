"""Do the maps follow the object? Each map scored against its own region and against other samples' regions.

The mask-swap null (N3 of the method page) removes what centred objects and centred maps share by habit.
"""

from collections.abc import Iterator

import numpy as np

from gradcam_core.base.types import Doubles
from gradcam_core.findings import statistics
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import grids

PERMUTATIONS, NOT_FOLLOWING, TOO_ALIKE, MOST = 199, 0.2, 0.8, 600


def hints(material: Material, seed: int) -> Iterator[Hint]:
    """One heat hint, where at least 30 samples have both a map and a region that varies."""
    heat, cover = grids.heat(material, material.best_set)
    rows = np.flatnonzero(grids.usable(heat) & grids.usable(cover))[:MOST]
    if len(rows) < statistics.SMALLEST_FLAG or alike(cover[rows]) > TOO_ALIKE:
        return
    own, null = swap_null(heat[rows], cover[rows], seed)
    p = float((1 + np.sum(null <= own)) / (len(null) + 1))
    yield Hint(
        flag="same-place",
        kind="heat",
        strong=p > NOT_FOLLOWING,
        statement=f"Background focus is {own:.2f} against the sample's own object and {null.mean():.2f} "
        f"against other samples' objects (p = {p:.3f}): the maps "
        f"{'do not ' if p > NOT_FOLLOWING else ''}follow the object.",
        effect=float(null.mean() - own),
        interval=(float(null.mean() - own - 2 * null.std()), float(null.mean() - own + 2 * null.std())),
        measure="background focus against other objects minus against the own one",
        n=len(rows),
        smallest=float(2.5 * null.std()),
        uses_region=True,
    )


def alike(cover: Doubles) -> float:
    """Median cosine of neighbouring regions: near 1 all objects lie at one place, nothing can be told."""
    flat = cover.reshape(len(cover), -1)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    return float(np.median(np.einsum("nd,nd->n", flat, np.roll(flat, 1, axis=0))))


def swap_null(heat: Doubles, cover: Doubles, seed: int) -> tuple[float, Doubles]:
    """Mean background focus with the own region, (R,) float64 over random swaps: nobody keeps its own."""
    outside = 1 - heat.reshape(len(heat), -1) @ cover.reshape(len(cover), -1).T
    generator, rows = np.random.default_rng(seed), np.arange(len(heat))
    null = []
    for _ in range(PERMUTATIONS):
        order = generator.permutation(rows)
        donor = np.empty_like(order)
        donor[order] = np.roll(order, 1)  # one cycle over everybody: nobody keeps the own region
        null.append(outside[rows, donor].mean())
    return float(np.trace(outside) / len(rows)), np.asarray(null)
