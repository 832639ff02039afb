"""The embedding as a scatter, or as bins where points would hide each other. Tables in, a figure out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from ui.figures.style import Palette, finish, palette, short

MOST = 20_000  # points; more are drawn as bins
FAST = 3_000  # points; more are drawn by the graphics card
BINS = 70
HEIGHT = 620
# Okabe and Ito's colours for readers with any colour vision; the last one stands for all further values.
LIGHT = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8a7a00", "#555b66")
DARK = ("#4ea3da", "#f0b429", "#35c39a", "#e29bc4", "#9ad2f4", "#ff8a4c", "#e8dc5a", "#aab2bd")
SHAPES: Sequence[tuple[object, str]] = (
    (True, "circle"),
    (False, "triangle-up"),
    (None, "diamond"),
)


@dataclass(frozen=True)
class Drawn:
    """The figure and, where points were binned, the sample ids of each bin."""

    figure: go.Figure
    bins: Mapping[str, tuple[str, ...]]


def scatter(points: pd.DataFrame, order: Sequence[str], dark: bool = False) -> Drawn:
    """Draw ``points``: columns sample_id, x, y, colour (text) and correct (True, False or missing).

    ``order`` says which values of ``colour`` get a colour first; beyond seven the rest shares one.
    """
    colours, figure = palette(dark), go.Figure()
    ink = inks(order, dark)
    if len(points) > MOST:
        bins = _bins(figure, points, ink)
    else:
        _points(figure, points, ink)
        bins = {}
    _frame(figure, colours)
    return Drawn(
        finish(figure, colours, HEIGHT, left=8, right=44).update_layout(
            dragmode="lasso",
            legend={"itemsizing": "constant"},
            modebar={
                "orientation": "v",
                "bgcolor": "rgba(0,0,0,0)",
                "color": colours.muted,
                "activecolor": colours.ink,
            },
        ),
        bins,
    )


def inks(order: Sequence[str], dark: bool) -> dict[str, str]:
    """Value -> colour; the last colour is shared where there are more values than colours."""
    table = DARK if dark else LIGHT
    return {value: table[min(place, len(table) - 1)] for place, value in enumerate(order)}


def _points(figure: go.Figure, points: pd.DataFrame, ink: Mapping[str, str]) -> None:
    kind = go.Scattergl if len(points) > FAST else go.Scatter
    last = len(LIGHT) - 1
    named = dict(list(ink.items())[: last + (len(ink) == last + 1)])
    groups = [(value, points[points["colour"] == value], colour) for value, colour in named.items()]
    if len(named) < len(ink):
        rest = points[~points["colour"].isin(list(named))]
        groups.append((f"{len(ink) - len(named)} others", rest, list(ink.values())[-1]))
    for value, part, colour in groups:
        named_already = False
        for state, symbol in SHAPES:
            one = part[part["correct"].isna() if state is None else part["correct"] == state]
            if len(one):
                trace = _trace(kind, one, f"{short(value)} ({len(part):,})", symbol, colour)
                figure.add_trace(trace.update(legendgroup=value, showlegend=not named_already))
                named_already = True


def _trace(kind: type, part: pd.DataFrame, name: str, symbol: str, colour: str) -> go.Scatter:
    wrong = symbol == "triangle-up"
    shown = np.stack([part["sample_id"].to_numpy(object), part["hover"].to_numpy(object)], axis=1)
    return kind(
        x=part["x"],
        y=part["y"],
        mode="markers",
        name=name,
        marker={
            "symbol": symbol,
            "size": 11 if wrong else 7,
            "color": colour,
            "opacity": 0.95 if wrong else 0.7,
            "line": {"width": 0},
        },
        customdata=shown,
        hovertemplate="%{customdata[1]}<extra></extra>",
        unselected={"marker": {"opacity": 0.12}},
    )


def _bins(figure: go.Figure, points: pd.DataFrame, ink: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """One mark per occupied bin: its size the count, its colour the value that occurs there most."""
    columns, xs = _binned(points["x"].to_numpy(np.float64))
    rows, ys = _binned(points["y"].to_numpy(np.float64))
    places = rows * BINS + columns
    found: list[tuple[float, float, int, str, float, str]] = []
    ids: dict[str, tuple[str, ...]] = {}
    for number in np.unique(places):
        part = points[places == number]
        counts = part["colour"].value_counts()
        row, column = divmod(int(number), BINS)
        share = counts.iloc[0] / len(part)
        ids[f"bin-{number}"] = tuple(part["sample_id"].astype(str))
        found.append((xs[column], ys[row], len(part), str(counts.index[0]), share, f"bin-{number}"))
    x, y, n, value, shares, names = zip(*found, strict=True)
    size = 3 + 15 * np.sqrt(np.array(n) / max(n))
    inked = [ink.get(one, list(ink.values())[-1]) for one in value]
    for colour in dict.fromkeys(inked):
        keep = [place for place, one in enumerate(inked) if one == colour]
        names_of = dict.fromkeys(value[i] for i in keep)
        figure.add_trace(
            go.Scattergl(
                x=[x[i] for i in keep],
                y=[y[i] for i in keep],
                mode="markers",
                name=f"mostly {short(next(iter(names_of))) if len(names_of) == 1 else 'one of the others'}",
                marker={
                    "symbol": "square",
                    "size": [size[i] for i in keep],
                    "color": colour,
                    "line": {"width": 0},
                    "opacity": 0.8,
                },
                customdata=[[names[i], f"n {n[i]:,}, {shares[i]:.0%} {short(value[i])}"] for i in keep],
                hovertemplate="%{customdata[1]}<extra></extra>",
                unselected={"marker": {"opacity": 0.12}},
            )
        )
    return ids


def _binned(values: NDArray[np.float64]) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Bin of each value, and the middles of all bins."""
    edges = np.linspace(values.min(), values.max() + 1e-9, BINS + 1)
    place = np.clip(np.digitize(values, edges) - 1, 0, BINS - 1)
    return place, (edges[:-1] + edges[1:]) / 2


def _frame(figure: go.Figure, colours: Palette) -> None:
    quiet = {"showticklabels": False, "zeroline": False, "showgrid": False, "showline": True}
    figure.update_xaxes(**quiet, linecolor=colours.line, mirror=True, title=None)
    figure.update_yaxes(**quiet, linecolor=colours.line, mirror=True, title=None)
