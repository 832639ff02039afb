"""The measured receptive field: how much of the picture the central cell of the map listens to.

Patches of the input are replaced by another picture's pixels; the radius that holds 90 % of the change of
the central cell's activation is the effective one (Luo et al., NeurIPS 2016, by input gradients; here by
perturbation, which any engine can do).
"""

import itertools

import numpy as np

from gradcam_core.base.types import Doubles, Floats
from gradcam_core.findings.trust.case import Case
from gradcam_core.findings.trust.report import TrustCheck, Verdict, unmeasured

NAME, TITLE = "receptive-field", "A cell speaks for its own place"
WIDEST = 0.5  # share of the picture
PICTURES = 4
PATCHES = 9  # per side, at most
HELD = 0.9


def check(case: Case) -> TrustCheck:
    """Share of the picture within the 90 % radius; above a half it is amber."""
    radius = effective_radius(case)
    if radius is None:
        return unmeasured(NAME, TITLE, WIDEST, "the central cell of these maps never changes")
    height, width = case.explainer.layers[case.map_set].grid
    share = float(min(1.0, np.pi * radius**2 / (height * width)))
    verdict: Verdict = "green" if share <= WIDEST else "amber"
    sentence = (
        f"90 % of what a cell of the {height}×{width} map reacts to lies within {radius:.1f} cells of it, "
        f"{100 * share:.0f} % of the picture."
    )
    if verdict == "amber":
        sentence += " Heat beside an object may be about the object."
    return TrustCheck(NAME, TITLE, share, WIDEST, verdict, sentence)


def effective_radius(case: Case) -> float | None:
    """Radius in cells of the map that holds 90 % of the central cell's reaction; None without any."""
    grid = case.explainer.layers[case.map_set].grid
    shape = min(PATCHES, grid[0]), min(PATCHES, grid[1])
    changes = np.zeros(shape)
    for row in range(min(PICTURES, len(case.inputs))):
        changes += _reaction(case, row, shape)
    if changes.sum() <= 0:
        return None
    distance = _distances(shape, grid).ravel()
    order = np.argsort(distance, kind="stable")
    held = np.cumsum(changes.ravel()[order]) / changes.sum()
    return float(distance[order][np.searchsorted(held, HELD)])


def _reaction(case: Case, row: int, shape: tuple[int, int]) -> Doubles:
    """``shape`` array: change of the central activations when each patch is replaced."""
    picture, other = case.inputs[row], case.inputs[row - 1]
    edited = np.repeat(picture[None], shape[0] * shape[1] + 1, axis=0)
    for number, (rows, columns) in enumerate(_patches(picture.shape[:2], shape), start=1):
        source = other if len(case.inputs) > 1 else picture[::-1, ::-1]
        edited[number, rows, columns] = source[rows, columns]
    centre = _central(case, edited)
    return np.abs(centre[1:] - centre[0]).sum(axis=1).reshape(shape).astype(np.float64)


def _central(case: Case, inputs: Floats) -> Floats:
    """(M, C) activations of the central cell."""
    parts = []
    for start in range(0, len(inputs), 32):
        seen = case.explainer.explain(inputs[start : start + 32], gradients=())
        grid = seen.evidence[case.map_set].activations
        parts.append(grid[:, grid.shape[1] // 2, grid.shape[2] // 2])
    return np.concatenate(parts)


def _patches(size: tuple[int, ...], shape: tuple[int, int]) -> list[tuple[slice, slice]]:
    edges = [
        np.linspace(0, side, count + 1).round().astype(int) for side, count in zip(size, shape, strict=True)
    ]
    spans = [[slice(a, b) for a, b in itertools.pairwise(part)] for part in edges]
    return [(rows, columns) for rows in spans[0] for columns in spans[1]]


def _distances(shape: tuple[int, int], grid: tuple[int, int]) -> Doubles:
    """``shape`` array: distance in cells of each patch's centre from the central cell's centre."""
    offsets = [
        (np.arange(count) + 0.5) * side / count - (side // 2 + 0.5)
        for count, side in zip(shape, grid, strict=True)
    ]
    return np.hypot(offsets[0][:, None], offsets[1][None, :])
