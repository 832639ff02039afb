"""A contact sheet of every case: both cue values of the same scenes, side by side."""

from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.planted.cases import CASES
from benchmarks.planted.render import Pictures, render
from benchmarks.planted.scene import scenes, with_cues


def sheet(side: int, pairs: int, seed: int = 1) -> Pictures:
    """(cases * side, 2 * pairs * side, 3): one row per case, each scene with cue 0 and cue 1."""
    rows = []
    for case in CASES.values():
        drawn = list(scenes(case, "hidden", pairs, seed))
        shown = [render(with_cues(scene, value), case, side)[0] for scene in drawn for value in (0, 1)]
        rows.append(np.concatenate(shown, axis=1))
    return np.concatenate(rows, axis=0)


def write_sheet(path: Path, side: int = 64, pairs: int = 6) -> None:
    """Write the sheet as PNG."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(sheet(side, pairs)).save(path)
