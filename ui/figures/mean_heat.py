"""Mean heatmaps side by side on one colour scale, as pictures that wrap with the width of the page."""

import base64
import html
import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from gradcam_core.base.types import Picture
from gradcam_core.maps.overlay import color_table, colorize, normalise
from gradcam_core.runs.summary import MeanMap

SIDE = 148  # pixels of the longer side
FEW = 5
KINDS = {True: "● correct", False: "▲ wrong", None: "◆ no label"}


def mean_heat(maps: Sequence[MeanMap], size: tuple[int, int]) -> str:
    """HTML of a small picture per class and error type and one colour bar; cells are not smoothed.

    Args:
        maps: what to draw, classes together; values are 1 where a uniform map would be. Groups of fewer
            than five set no scale, unless there are no others: single maps are far hotter than means.
        size: (height, width) of the network input, for the shape of the pictures.
    """
    drawn = [item for item in maps if item.n]
    enough = [item for item in drawn if item.n >= FEW] or drawn
    top = max((float(item.values.max()) for item in enough), default=1.0)
    pictures = "".join(_picture(item, size, top) for item in maps)
    return f'<div style="display:flex;flex-wrap:wrap;gap:18px 16px">{pictures}</div>{_bar(top)}'


def _picture(item: MeanMap, size: tuple[int, int], top: float) -> str:
    height, width = (round(SIDE * side / max(size)) for side in size)
    said = KINDS[item.correct]
    label = html.escape(item.label, quote=True)
    box = f"width:{width}px;height:{height}px;display:block;image-rendering:pixelated"
    if item.n:
        peak = np.unravel_index(item.values.argmax(), item.values.shape)
        alt = (
            f"Mean map of {label}, {said[2:]}, n {item.n}: hottest in row {peak[0] + 1}, "
            f"column {peak[1] + 1}, {item.values.max():.1f} times uniform"
        )
        shown = colorize(normalise(item.values.astype(np.float32), "shared", top))
        drawn = f'<img src="{data_uri(shown)}" alt="{alt}" title="{alt}" style="{box}">'
    else:
        drawn = f'<div style="{box};border:1px dashed currentColor;opacity:.5;padding:8px">no map</div>'
    return (
        f'<figure style="margin:0;width:{max(width, 120)}px;font-size:.85rem;'
        f'font-variant-numeric:tabular-nums">{drawn}'
        f'<figcaption style="margin-top:4px;overflow-wrap:anywhere"><strong>{label}</strong><br>'
        f'<span style="opacity:.8">{said} · n {item.n:,}{_notes(item)}</span></figcaption></figure>'
    )


def _notes(item: MeanMap) -> str:
    few = " (few)" if 0 < item.n < FEW else ""
    if item.n + item.excluded < item.whole:
        few = f" of {item.whole:,}"
    return f"{few}<br>{item.excluded:,} without a map" if item.excluded else few


def _bar(top: float) -> str:
    """The colour bar with its numbers: 0, uniform and the largest value."""
    table = color_table("inferno")
    stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in table[:: len(table) // 15].tolist())
    marks = {0.0: "0" if top < 9 else ""} | ({1.0: "1 uniform"} if top > 1.6 else {}) | {top: f"{top:.1f}"}
    ticks = "".join(
        f'<span style="position:absolute;left:{100 * value / top:.1f}%;transform:translateX('
        f'{-100 if value == top else 0 if value == 0 else -50}%)">{text}</span>'
        for value, text in marks.items()
    )
    return (
        '<div style="width:min(320px,100%);margin-top:14px;font-size:.8rem">'
        f'<div style="height:10px;background:linear-gradient(90deg,{stops})"></div>'
        f'<div style="position:relative;height:1.3em;opacity:.85">{ticks}</div></div>'
    )


def data_uri(picture: Picture) -> str:
    """A tiny RGB picture as a PNG inside the page."""
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
