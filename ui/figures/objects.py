"""A picture with its annotated boxes and the cells in which a model found objects."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from gradcam_core.base.types import Rectangle
from ui.figures.style import short

BOX, CELL, OTHER = "#00b3a4", "#ff7a00", "#ffffff"
TALLEST = 420


@dataclass(frozen=True)
class Marks:
    """What is drawn of one row: outlines (x0, y0, x1, y1, … in shares), cells, and its words."""

    title: str
    outlines: Sequence[Sequence[float]]
    cells: Sequence[Rectangle]
    chosen: bool


def objects(url: str, size: tuple[int, int], marks: Sequence[Marks]) -> go.Figure:
    """Boxes as dashed lines, cells as full ones; what the page is about is drawn thicker.

    Args:
        url: the picture, as a data URL.
        size: its (height, width), for the proportions.
        marks: one per row of the picture, in any order.
    """
    figure = go.Figure()
    picture = {"source": url, "xref": "x", "yref": "y", "x": 0, "y": 0, "sizex": 1, "sizey": 1}
    figure.add_layout_image({**picture, "sizing": "stretch", "layer": "below"})
    for one in sorted(marks, key=lambda mark: mark.chosen):
        for outline in one.outlines:
            xs, ys = [*outline[0::2], outline[0]], [*outline[1::2], outline[1]]
            figure.add_trace(_line(xs, ys, BOX, one, dash="dash"))
        for left, top, right, bottom in one.cells:
            xs, ys = [left, right, right, left, left], [top, top, bottom, bottom, top]
            figure.add_trace(_line(xs, ys, CELL if one.chosen else OTHER, one))
    axis = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[0, 1], **axis)
    figure.update_yaxes(range=[1, 0], **axis)
    wide = size[1] / size[0]
    none = {"l": 0, "r": 0, "t": 0, "b": 0}
    figure.update_layout(height=TALLEST, width=TALLEST * wide, margin=none, showlegend=False)
    return figure


def _line(xs: list[float], ys: list[float], colour: str, mark: Marks, dash: str = "solid") -> go.Scatter:
    line = {"color": colour, "width": 3 if mark.chosen else 1.5, "dash": dash}
    said = {"hoverinfo": "text", "text": short(mark.title, 120)}
    return go.Scatter(x=xs, y=ys, mode="lines", line=line, **said)
