"""Scores by label as bars one above the other, and the threshold as a line."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from gradcam_core.tasks.visual_anomaly.summary import spread_out
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
        low, high = (spread_out(part[end].to_numpy(), abs(threshold) or 1) for end in ("low", "high"))
        figure.add_trace(
            go.Bar(
                x=(low + high) / 2,
                y=part["n"],
                width=0.94 * (high - low),
                name=f"{short(label)} (n {int(part['n'].sum()):,})",
                marker={"color": fill},
                customdata=part[["label", "low", "high"]].to_numpy(),
                hovertemplate="%{y} samples, score %{customdata[1]:.2f} to %{customdata[2]:.2f}"
                f"<extra>{short(label)}</extra>",
            )
        )
    figure.add_vline(
        x=float(spread_out(np.array(threshold), abs(threshold) or 1)),
        annotation_position="top right",
        line={"color": colours.ink, "width": 2, "dash": "dash"},
        annotation={"text": f"threshold {threshold:.3g}", "font": {"color": colours.ink}},
    )
    figure.update_layout(barmode="stack", bargap=0)
    ticks = _ticks(bins["low"].min(), bins["high"].max(), abs(threshold) or 1)
    figure.update_xaxes(
        title="anomaly score (highest cell), logarithmic beyond the threshold",
        tickvals=spread_out(np.array(ticks), abs(threshold) or 1),
        ticktext=[f"{tick:g}" for tick in ticks],
        gridcolor=colours.line,
        zeroline=False,
    )
    figure.update_yaxes(title="samples", gridcolor=colours.line, zeroline=False)
    return finish(figure, colours, HEIGHT, left=60)


def _ticks(low: float, high: float, scale: float) -> list[float]:
    """Round scores within the figure: a few up to ``scale``, then one or two per power of ten."""
    step = 10.0 ** np.floor(np.log10(scale))
    near = [sign * share * step for sign in (-1, 1) for share in (1, 2, 5)]
    far = [
        sign * share * step * 10.0**power for sign in (-1, 1) for power in range(1, 9) for share in (1, 3)
    ]
    return sorted(float(tick) for tick in {0.0, *near, *far} if low <= tick <= high)
