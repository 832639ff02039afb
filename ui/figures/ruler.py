"""The focus ruler explained: drawn maps, scored by the project's own scores, on one scale."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from plotly.subplots import make_subplots

from gradcam_core.maps.scores import SCORES, ScoreInput
from ui.figures.style import HEAT, finish, palette

GRID = 7


@dataclass(frozen=True)
class RulerExample:
    """One drawn map with what the scores say about it."""

    title: str
    heat: NDArray[np.float32]
    raw: float
    ruler: float


def object_cover() -> NDArray[np.float32]:
    """(7, 7) share of each cell that the drawn object, a rectangle across cell borders, covers."""
    rows = np.array([0, 0, 0.5, 1, 1, 0.5, 0])
    columns = np.array([0, 0.5, 1, 1, 0.5, 0, 0])
    return np.outer(rows, columns).astype(np.float32)


def examples() -> tuple[RulerExample, ...]:
    """Four maps from tight to all background, each with its computed scores."""
    cover = object_cover()
    corner = np.zeros_like(cover)
    corner[0, 5:], corner[1, 6] = (0.6, 1.0), 0.5
    mixed = cover / cover.sum() + corner / corner.sum()
    drawn = {
        "as tight as the grid allows": cover,
        "half object, half corner": mixed,
        "the same everywhere": np.ones_like(cover),
        "all on the background": corner,
    }
    maps = np.stack(list(drawn.values())).astype(np.float32)
    given = ScoreInput(maps, np.broadcast_to(cover, maps.shape).astype(np.float32))
    raw = SCORES["background_focus"].compute(given)
    ruled = SCORES["normalized_background_focus"].compute(given)
    return tuple(
        RulerExample(title, heat, float(one), float(two))
        for (title, heat), one, two in zip(drawn.items(), raw, ruled, strict=True)
    )


def ruler(dark: bool = False) -> go.Figure:
    """The examples above the ruler, each with a pointer at its value."""
    colours, shown = palette(dark), examples()
    figure = make_subplots(
        2, len(shown), row_heights=[0.72, 0.28], vertical_spacing=0.2,
        specs=[[{}] * len(shown), [{"colspan": len(shown)}, *[None] * (len(shown) - 1)]],
        subplot_titles=[f"<b>{item.ruler:.2f}</b> {item.title}<br>raw {item.raw:.2f}" for item in shown],
    )  # fmt: skip
    for column, item in enumerate(shown, start=1):
        figure.add_trace(
            go.Heatmap(
                z=item.heat / item.heat.max(),
                colorscale=HEAT,
                zmin=0,
                zmax=1,
                showscale=False,
                hoverinfo="skip",
            ),
            1,
            column,
        )
        for colour, width in (("#000000", 6), ("#ffffff", 2.5)):  # seen on dark and on bright heat
            line = {"color": colour, "width": width}
            figure.add_shape(type="rect", x0=1, x1=4, y0=2, y1=5, line=line, row=1, col=column)
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, autorange="reversed", constrain="domain")
    for column in range(1, len(shown) + 1):
        figure.update_yaxes(scaleanchor=f"x{column}", row=1, col=column)
    _scale(figure, shown, colours.ink, colours.muted)
    figure.update_annotations(font={"size": 12, "color": colours.ink})
    finish(figure, colours, 360, left=20, right=20)
    figure.update_layout(showlegend=False, margin={"t": 56, "b": 40})
    return figure


def _scale(figure: go.Figure, shown: tuple[RulerExample, ...], ink: str, muted: str) -> None:
    values = [item.ruler for item in shown]
    figure.add_trace(
        go.Scatter(
            x=[0, 1, 2], y=[0, 0, 0], mode="lines+markers", line={"color": muted, "width": 2},
            marker={"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": muted}},
            hoverinfo="skip",
        ),
        2, 1,
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=values, y=[0] * len(values), mode="markers+text", text=[f"{value:.2f}" for value in values],
            textposition="top center", marker={"symbol": "circle", "size": 11, "color": ink},
            hoverinfo="skip", cliponaxis=False,
        ),
        2, 1,
    )  # fmt: skip
    figure.update_xaxes(
        visible=True, range=[-0.2, 2.2], tickvals=[0, 1, 2], showgrid=False, zeroline=False,
        ticktext=["0<br>floor: tight", "1<br>chance: uniform", "2<br>all background"], tickangle=0,
        row=2, col=1,
    )  # fmt: skip
    figure.update_yaxes(visible=False, range=[-1, 1.6], autorange=False, row=2, col=1)
