"""A picture on which a region is drawn: a box, an outline or a point, with the region that holds."""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import plotly.graph_objects as go

from ui.figures.style import finish, palette

Tool = Literal["box", "lasso", "points"]
GRID = 48  # places along the longer side that a click can hit
HEIGHT = 520


def drawing(
    url: str, size: tuple[int, int], outline: Sequence[Sequence[float]], tool: Tool, dark: bool = False
) -> go.Figure:
    """The picture under a lattice that can be selected, and the region's outline.

    Args:
        url: the picture as a data URL.
        size: (height, width) of the picture in pixels.
        outline: polygons, x and y in turns as shares 0..1.
        tool: what a drag or a click means.
        dark: for the dark theme.
    """
    height, width = size
    colours, figure = palette(dark), go.Figure()
    across, down = _lattice(size)
    figure.add_trace(
        go.Scatter(
            x=across, y=down, mode="markers", marker={"size": 9, "opacity": 0}, hoverinfo="none",
            unselected={"marker": {"opacity": 0}}, selected={"marker": {"opacity": 0}}, showlegend=False,
        )
    )  # fmt: skip
    for polygon in outline:
        points = np.array([*polygon, *polygon[:2]], dtype=float).reshape(-1, 2) * (width, height)
        figure.add_trace(
            go.Scatter(
                x=points[:, 0], y=points[:, 1], mode="lines", hoverinfo="skip", showlegend=False,
                line={"color": "#ffd400", "width": 3},
            )
        )  # fmt: skip
    figure.add_layout_image(
        source=url, x=0, y=0, sizex=width, sizey=height, xref="x", yref="y", sizing="stretch", layer="below"
    )
    figure.update_xaxes(range=[0, width], visible=False, constrain="domain")
    figure.update_yaxes(range=[height, 0], visible=False, scaleanchor="x", constrain="domain")
    finish(figure, colours, HEIGHT, left=8, right=8)
    return figure.update_layout(
        dragmode=False if tool == "points" else "select" if tool == "box" else "lasso",
        clickmode="event+select", margin={"t": 8, "b": 8}, newselection={"line": {"color": "#ffd400"}},
    )  # fmt: skip


def _lattice(size: tuple[int, int]) -> tuple[list[float], list[float]]:
    height, width = size
    step = max(size) / GRID
    x, y = np.meshgrid(np.arange(step / 2, width, step), np.arange(step / 2, height, step))
    return x.ravel().tolist(), y.ravel().tolist()


def selected_outline(selection: Any, size: tuple[int, int]) -> list[list[float]]:
    """Polygons of what was drawn as a box or an outline, as shares 0..1; [] for nothing."""
    height, width = size
    found = []
    for one in selection.get("box", ()):
        (left, right), (top, bottom) = sorted(one["x"]), sorted(one["y"])
        found.append([(left, top), (right, top), (right, bottom), (left, bottom)])
    found += [list(zip(one["x"], one["y"], strict=True)) for one in selection.get("lasso", ())]
    shares = (
        np.clip(np.array(points, float) / (width, height), 0, 1) for points in found if len(points) > 2
    )
    return [one.ravel().tolist() for one in shares if np.ptp(one, axis=0).min() > 0]


def selected_point(selection: Any, size: tuple[int, int]) -> tuple[float, float] | None:
    """(x, y) of the click as shares 0..1; None where nothing was clicked."""
    points = selection.get("points", ())
    return (points[-1]["x"] / size[1], points[-1]["y"] / size[0]) if points else None
