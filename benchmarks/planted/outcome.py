"""What an audit of a trained case gave, as one flat row: the findings, the scores, where the peaks lie."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from gradcam_core.base.types import MapSet, column
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import Run

SCORES = ("background_focus", "chance_focus", "normalized_background_focus", "far_background_focus")


def cells_of(pixels: NDArray[np.bool_], grid: tuple[int, int], tolerance: float = 0.5) -> NDArray[np.bool_]:
    """(h, w) cells that touch ``pixels`` (H, W) when the pixels grow by ``tolerance`` cells."""
    height, width = pixels.shape
    reach = max(1, round(tolerance * height / grid[0]))
    grown = ndimage.binary_dilation(pixels, np.ones((2 * reach + 1, 2 * reach + 1), bool))
    rows, columns = np.nonzero(grown)
    cells = np.zeros(grid, dtype=bool)
    cells[rows * grid[0] // height, columns * grid[1] // width] = True
    return cells


def peak_in_cue(maps: NDArray[np.float32], cue: NDArray[np.bool_]) -> float:
    """Share of maps (N, h, w) whose hottest cell touches the cue (N, H, W); empty maps do not count."""
    hits = []
    for heat, pixels in zip(maps, cue, strict=True):
        if pixels.any() and np.isfinite(heat).all() and heat.max() > 0:
            hits.append(bool(cells_of(pixels, heat.shape)[np.unravel_index(heat.argmax(), heat.shape)]))
    return float(np.mean(hits)) if hits else float("nan")


def map_row(
    run: Run, map_set: MapSet, cue: NDArray[np.bool_], carries: NDArray[np.bool_]
) -> dict[str, float]:
    """Mean scores of one map set, and how often the hottest cell lies on a cue that is there."""
    row = {name: float(run.table[column(map_set, name)].mean()) for name in SCORES}
    maps = np.asarray(run.maps(map_set))
    return row | {"grid": float(maps.shape[1]), "peak_in_cue": peak_in_cue(maps[carries], cue[carries])}


def finding_row(finding: Finding, cue: NDArray[np.bool_]) -> dict[str, Any]:
    """What the report needs of one finding; ``in_cue`` is None where it names no cells."""
    mean = cue.mean(axis=0) >= 0.5 * cue.mean(axis=0).max()
    in_cue = None
    if finding.cells and cue.any():
        touched = cells_of(mean, finding.grid)
        in_cue = bool(touched[finding.cells[0]])
    effect = finding.effect if np.isfinite(finding.effect) else None
    return {
        **{"flag": finding.flag, "level": finding.level, "label": finding.label, "effect": effect},
        **{"in_cue": in_cue, "statement": finding.statement, "suspicion": finding.suspicion},
    }


def strength(findings: Sequence[Finding]) -> float:
    """One number per audit: the largest difference edit minus control that any finding is judged by."""
    differences = [finding.effect for finding in findings if finding.evidence]
    return max((value for value in differences if np.isfinite(value)), default=0.0)


def reliance_said(findings: Sequence[Finding]) -> dict[str, float]:
    """The largest reliance that the audit states of any cue that it tested, with its interval.

    Nothing said is 0; its interval then ends where the smallest effect lies that would have shown.
    """
    told = [finding for finding in findings if np.isfinite(finding.reliance)]
    if not told:
        known = [finding.smallest for finding in findings if np.isfinite(finding.smallest)]
        return {"share": 0.0, "low": 0.0, "high": min(known, default=1.0)}
    best = max(told, key=lambda finding: finding.reliance)
    return {
        "share": best.reliance,
        "low": best.reliance_interval[0],
        "high": max(finding.reliance_interval[1] for finding in told),
    }
