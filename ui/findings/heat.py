"""The mean heat of a finding's samples, its flagged cells outlined. Arrays in, a picture out."""

import html
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from gradcam_core.base.types import Picture
from gradcam_core.maps.overlay import colorize, normalise
from gradcam_core.runs.summary import MeanMap, mean_maps
from ui.figures.mean_heat import data_uri

SIDE = 260  # pixels of the longer side
MOST = 2000  # samples a mean is made from
EDGE = 5  # of an outline: black, white inside, so that it shows on dark and on bright heat


def mean_of(table: pd.DataFrame, maps: NDArray[np.float32], rows: NDArray[np.intp]) -> MeanMap:
    """Mean map of these rows, at most 2,000 of them evenly spread: 1 where a uniform map would be."""
    if len(rows) > MOST:  # a picture of a mean needs no more, and fine maps are large
        rows = rows[np.linspace(0, len(rows) - 1, MOST).astype(np.intp)]
    named = pd.DataFrame(
        {"label": "all", "predicted": table["predicted"].iloc[rows].astype(object), "correct": None}
    )
    found = mean_maps(named.reset_index(drop=True), np.asarray(maps[rows]), ("all",))
    nothing = MeanMap("all", None, np.full(maps.shape[1:], np.nan), 0, len(rows), len(rows))
    return found[0] if found else nothing


def drawn(
    mean: MeanMap, size: tuple[int, int], cells: Sequence[tuple[int, int]], grid: tuple[int, int]
) -> Picture:
    """(H, W, 3) the mean map in the shape of the network input, cells of ``grid`` outlined."""
    height, width = (round(SIDE * side / max(size)) for side in size)
    shown = colorize(normalise(mean.values.astype(np.float32), "image"))
    picture = Image.fromarray(shown).resize((width, height), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(picture)
    segments = [_scaled(line, grid, (height, width)) for line in outline(cells)] if all(grid) else []
    for colour, stroke in (((0, 0, 0), EDGE), ((255, 255, 255), EDGE // 2)):
        for line in segments:
            draw.line(line, fill=colour, width=stroke)
    return np.asarray(picture, dtype=np.uint8)


def outline(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """(x0, y0, x1, y1) of every side of a cell that no other cell shares."""
    inside = set(cells)
    found = []
    for row, column in sorted(inside):
        sides = {
            (row - 1, column): (column, row, column + 1, row),
            (row + 1, column): (column, row + 1, column + 1, row + 1),
            (row, column - 1): (column, row, column, row + 1),
            (row, column + 1): (column + 1, row, column + 1, row + 1),
        }
        found += [side for beyond, side in sides.items() if beyond not in inside]
    return found


def _scaled(
    line: tuple[int, int, int, int], grid: tuple[int, int], size: tuple[int, int]
) -> tuple[float, float, float, float]:
    x, y = (size[1] - 1) / grid[1], (size[0] - 1) / grid[0]
    return line[0] * x, line[1] * y, line[2] * x, line[3] * y


def figure(
    mean: MeanMap,
    size: tuple[int, int],
    cells: Sequence[tuple[int, int]],
    grid: tuple[int, int],
    map_set: str,
) -> str:
    """HTML of the picture and what it shows."""
    if not mean.n:
        return '<div class="fnone">No usable map among these samples.</div>'
    peak = np.unravel_index(int(mean.values.argmax()), mean.values.shape)
    top = float(mean.values.max())
    alt = (
        f"Mean heat of {mean.n} samples, hottest in row {peak[0] + 1}, column {peak[1] + 1} "
        f"of {mean.values.shape[0]}×{mean.values.shape[1]}, {top:.1f} times uniform"
    )
    flagged = " Outlined: where it was noticed." if cells and all(grid) else ""
    return (
        f'<figure class="fheat"><img src="{data_uri(drawn(mean, size, cells, grid))}" '
        f'alt="{html.escape(alt, quote=True)}"><figcaption>Mean of the {map_set} maps, '
        f"n {mean.n:,}. Brightest: {top:.1f} times a uniform map.{flagged}</figcaption></figure>"
    )
