"""A sound's features with the heat on them, over seconds and hertz."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Floats
from gradcam_core.maps.overlay import color_table
from ui.figures.style import Palette, finish, palette

HEIGHT = 380
TICKS = 6
STRONGEST = 0.8  # opacity of the hottest place; nothing where there is no heat
GREY = [[0.0, "rgb(0,0,0)"], [1.0, "rgb(255,255,255)"]]
Span = tuple[float, float, float, float]


def spectrogram(
    values: Floats,
    heat: Floats | None,
    features: Features,
    spans: Sequence[Span],
    dark: bool,
    hot: tuple[float, float] | None = None,
) -> go.Figure:
    """The features in grey, the map in colour above them, the spans as outlines.

    Args:
        values: (bands, frames), the lowest band last.
        heat: the same shape, in 0..1; None where there is no map.
        features: what the cells mean.
        spans: (left, top, right, bottom) of the object, as shares of the picture.
        dark: whether the page is.
        hot: seconds from and to which most of the heat lies, marked at the bottom.
    """
    colours = palette(dark)
    start, end = features.span
    figure = go.Figure(_trace(values[::-1], features.range, features, GREY, "%{z:.2f}"))
    if heat is not None:
        figure.add_trace(_trace(heat[::-1], (0.0, 1.0), features, _glow(), "heat %{z:.2f}"))
    for left, top, right, bottom in spans:
        figure.add_shape(
            type="rect",
            x0=start + left * (end - start),
            x1=start + right * (end - start),
            y0=features.bands * (1 - bottom) - 0.5,
            y1=features.bands * (1 - top) - 0.5,
            line={"color": "rgb(255,255,255)", "width": 2, "dash": "dot"},
        )
    if hot is not None:
        figure.add_shape(
            type="rect", xref="x", yref="paper", x0=hot[0], x1=hot[1], y0=0, y1=0.025,
            line={"width": 0}, fillcolor="rgb(252,165,10)",
        )  # fmt: skip
    return _axes(finish(figure, colours, HEIGHT, left=76), features, colours)


def _trace(
    cells: Floats, ends: tuple[float, float] | None, features: Features, scale: object, what: str
) -> go.Heatmap:
    seconds = features.span[0] + features.stride * (np.arange(features.frames) + 0.5)
    low, high = ends or (None, None)
    names = [_name(features, band) for band in range(features.bands)]
    return go.Heatmap(
        z=cells,
        x=seconds,
        y=np.arange(features.bands),
        customdata=np.repeat(np.array(names, dtype=object)[:, None], features.frames, axis=1),
        colorscale=scale,
        zmin=low,
        zmax=high,
        showscale=False,
        hovertemplate=f"%{{x:.2f}} s, %{{customdata}}: {what}<extra></extra>",
    )


def _name(features: Features, band: int) -> str:
    return f"{features.hertz[band]:,.0f} Hz" if features.hertz else f"coefficient {band}"


def _glow() -> list[list[object]]:
    """Inferno that fades out where there is no heat."""
    table = color_table("inferno")
    steps = np.linspace(0, 1, 17)
    found: list[list[object]] = []
    for step in steps:
        red, green, blue = (int(part) for part in table[round(255 * float(step))])
        found.append([float(step), f"rgba({red},{green},{blue},{STRONGEST * float(step) ** 0.7:.3f})"])
    return found


def _axes(figure: go.Figure, features: Features, colours: Palette) -> go.Figure:
    places = np.unique(np.linspace(0, features.bands - 1, TICKS).round().astype(int))
    quiet = {"showgrid": False, "zeroline": False, "linecolor": colours.line, "fixedrange": True}
    figure.update_layout(margin={"t": 12})
    figure.update_xaxes(title="seconds", range=features.span, **quiet)
    figure.update_yaxes(
        title="hertz" if features.hertz else "coefficient",
        range=(-0.5, features.bands - 0.5),
        tickvals=places,
        ticktext=[f"{features.hertz[place]:,.0f}" if features.hertz else str(place) for place in places],
        **quiet,
    )
    return figure
