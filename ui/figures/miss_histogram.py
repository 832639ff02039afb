"""Signed errors as bars; what lies within the tolerance is quieter."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui.figures.style import finish, palette

HEIGHT = 240


def miss_histogram(bins: pd.DataFrame, tolerance: float, dark: bool = False) -> go.Figure:
    """Bars of ``bins`` (columns low, high, n), each carrying its ends for a selection."""
    colours, figure = palette(dark), go.Figure()
    middle = (bins["low"] + bins["high"]) / 2
    figure.add_trace(
        go.Bar(
            x=middle,
            y=bins["n"],
            width=0.94 * (bins["high"] - bins["low"]),
            marker={"color": np.where(middle.abs() <= tolerance, colours.right, colours.wrong)},
            customdata=bins[["low", "high"]].to_numpy(),
            hovertemplate="%{y} samples, error %{customdata[0]:.3g} to %{customdata[1]:.3g}<extra></extra>",
            showlegend=False,
        )
    )
    for end in (-tolerance, tolerance):
        figure.add_vline(x=end, line={"color": colours.ink, "width": 1, "dash": "dash"})
    figure.update_xaxes(title="error (output − target)", gridcolor=colours.line, zeroline=False)
    figure.update_yaxes(title="samples", gridcolor=colours.line, zeroline=False)
    figure.update_layout(bargap=0)
    return finish(figure, colours, HEIGHT, left=60).update_layout(margin={"t": 16})
