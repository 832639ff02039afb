"""Scores by label as bars one above the other, and the threshold as a line."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from ui.figures.style import finish, palette, short

HEIGHT = 300


def score_histogram(
    bins: pd.DataFrame, labels: Sequence[str], threshold: float, dark: bool = False
) -> go.Figure:
    """Bars of the bins of each label, stacked.

    Args:
        bins: columns label, low, high, n; each bar carries (label, low, high) for a selection.
        labels: the order of stacking, the normal class first.
        threshold: where the line stands.
        dark: for the dark theme.
    """
    colours, figure = palette(dark), go.Figure()
    fills = [colours.right, colours.wrong, colours.muted]
    for label, fill in zip(labels, fills, strict=False):
        part = bins[bins["label"] == label]
        if part.empty:
            continue
        figure.add_trace(
            go.Bar(
                x=(part["low"] + part["high"]) / 2,
                y=part["n"],
                width=0.94 * (part["high"] - part["low"]),
                name=f"{short(label)} (n {int(part['n'].sum()):,})",
                marker={"color": fill},
                customdata=part[["label", "low", "high"]].to_numpy(),
                hovertemplate="%{y} samples, score %{customdata[1]:.2f} to %{customdata[2]:.2f}"
                f"<extra>{short(label)}</extra>",
            )
        )
    figure.add_vline(
        x=threshold,
        line={"color": colours.ink, "width": 2, "dash": "dash"},
        annotation={"text": f"threshold {threshold:.3g}", "font": {"color": colours.ink}},
    )
    figure.update_layout(barmode="stack", bargap=0)
    figure.update_xaxes(title="anomaly score (highest cell)", gridcolor=colours.line, zeroline=False)
    figure.update_yaxes(title="samples", gridcolor=colours.line, zeroline=False)
    return finish(figure, colours, HEIGHT, left=60)
