"""Output against target: every sample a mark, or squares where marks would hide each other."""

import html

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.figures.style import MOST_POINTS, Palette, finish, palette

HEIGHT = 430
BINS = 40
KINDS = ((True, "within tolerance", "circle", 7), (False, "outside tolerance", "triangle-up", 10))


def number_scatter(points: pd.DataFrame, tolerance: float, dark: bool = False) -> go.Figure:
    """Marks around the line where output and target agree, the tolerance as a band.

    Args:
        points: columns sample_id, target, output, correct. Above 5,000 rows squares stand for them.
        tolerance: half the height of the band.
        dark: for the dark theme.
    """
    colours, figure = palette(dark), go.Figure()
    ends = _ends(points)
    _band(figure, ends, tolerance, colours)
    if len(points) > MOST_POINTS:
        figure.add_trace(_squares(points, ends, colours))
    else:
        for right, name, symbol, size in KINDS:
            part = points[points["correct"] == right]
            if len(part):
                figure.add_trace(_marks(part, f"{name} ({len(part):,})", symbol, size, right, colours))
    figure.update_xaxes(title="target", range=ends, gridcolor=colours.line, zeroline=False)
    figure.update_yaxes(title="output", gridcolor=colours.line, zeroline=False)
    return finish(figure, colours, HEIGHT, left=60).update_layout(dragmode="select")


def _ends(points: pd.DataFrame) -> list[float]:
    low, high = float(points["target"].min()), float(points["target"].max())
    room = 0.04 * (high - low) or 1.0
    return [low - room, high + room]


def _band(figure: go.Figure, ends: list[float], tolerance: float, colours: Palette) -> None:
    low, high = ends
    figure.add_trace(
        go.Scatter(
            x=[low, high, high, low],
            y=[low - tolerance, high - tolerance, high + tolerance, low + tolerance],
            fill="toself",
            mode="lines",
            line={"width": 0},
            fillcolor=colours.line,
            opacity=0.5,
            hoverinfo="skip",
            showlegend=False,
        )
    )
    line = {"color": colours.muted, "width": 1}
    figure.add_trace(
        go.Scatter(x=ends, y=ends, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    )


def _marks(
    part: pd.DataFrame, name: str, symbol: str, size: int, right: bool, colours: Palette
) -> go.Scatter:
    return go.Scatter(
        x=part["target"],
        y=part["output"],
        mode="markers",
        name=name,
        marker={"symbol": symbol, "size": size, "color": colours.right if right else colours.wrong},
        text=[html.escape(one, quote=False) for one in part["sample_id"]],
        hovertemplate="%{text}: true %{x:.3g}, output %{y:.3g}<extra></extra>",
        unselected={"marker": {"opacity": 0.3}},
    )


def _squares(points: pd.DataFrame, ends: list[float], colours: Palette) -> go.Scatter:
    outputs = points["output"].to_numpy(np.float64)
    edges = [
        np.linspace(ends[0], ends[1], BINS + 1),
        np.linspace(outputs.min(), outputs.max() + 1e-9, BINS + 1),
    ]
    counts = np.histogram2d(points["target"], outputs, bins=edges)[0]
    rows, columns = np.nonzero(counts)
    n = counts[rows, columns]
    x, y = edges
    return go.Scatter(
        x=(x[rows] + x[rows + 1]) / 2,
        y=(y[columns] + y[columns + 1]) / 2,
        mode="markers",
        name=f"{len(points):,} samples",
        marker={"symbol": "square", "size": 2 + 9 * np.sqrt(n / n.max()), "color": colours.wrong},
        text=[f"{int(one):,} samples" for one in n],
        hovertemplate="%{text}, true about %{x:.3g}, output about %{y:.3g}<extra></extra>",
        unselected={"marker": {"opacity": 0.3}},
    )
