"""Focus by class on its ruler: every sample a point, or bins where points would hide each other."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from gradcam_core.runs.summary import FOCUS, FocusGroup
from ui.figures.style import MOST_POINTS, Palette, finish, label_room, palette, short

ROW = 58  # pixels per class
BINS = 40
TICKS: Mapping[str, dict[str, object]] = {
    "normalised": {
        "tickvals": [0, 0.5, 1, 1.5, 2],
        "ticktext": ["0<br>tight", "0.5", "1<br>uniform", "1.5", "2<br>all background"],
    },
    "raw": {"tickformat": ".1f", "title": "share of the heat outside the object"},
    "far": {"tickformat": ".1f", "title": "share of the heat further than one map cell away"},
}
KINDS: Sequence[tuple[object, str, str, float]] = (
    (True, "correct", "circle", 1.0),
    (False, "wrong", "triangle-up", -1.0),
    (None, "no label", "diamond", 1.0),
)


def focus_strip(
    points: pd.DataFrame, groups: Sequence[FocusGroup], score: str, dark: bool = False
) -> go.Figure:
    """One row per group of ``groups``, top to bottom, on the ruler of ``score``.

    Args:
        points: as :func:`gradcam_core.runs.summary.focus_points` gives them.
        groups: the classes to show, by class.
        score: a key of :data:`gradcam_core.runs.summary.FOCUS`.
        dark: for the dark theme.
    """
    colours, figure = palette(dark), go.Figure()
    place = {group.label: len(groups) - 1 - index for index, group in enumerate(groups)}
    shown = points[points["label"].isin(place)].dropna(subset="value")
    low, high = _ends(shown["value"], FOCUS[score].range)
    draw = _points if len(shown) <= MOST_POINTS else _bins
    for kind in KINDS:
        part = shown[shown["correct"].isna() if kind[0] is None else shown["correct"] == kind[0]]
        if len(part):
            figure.add_trace(draw(part, place, kind, colours, (low, high)))
    _medians(figure, groups, place, colours)
    _anchors(figure, groups, place, score, colours)
    figure.update_xaxes(
        range=[low - 0.02, high + 0.02], gridcolor=colours.line, zeroline=False, **TICKS[score]
    )
    figure.update_yaxes(
        range=[-0.6, len(groups) - 0.25],
        tickvals=list(place.values()),
        ticktext=[short(label) for label in place],
        showgrid=False,
        zeroline=False,
    )
    return finish(figure, colours, 110 + ROW * max(1, len(groups)), left=label_room(place), right=104)


def _ends(values: pd.Series, natural: tuple[float, float]) -> tuple[float, float]:
    """The ruler's natural ends, further where a value lies beyond them."""
    return min(natural[0], float(values.min(skipna=True))) if len(values) else natural[0], natural[1]


def _points(
    part: pd.DataFrame,
    place: dict[str, int],
    kind: tuple[object, str, str, float],
    colours: Palette,
    ends: tuple[float, float],
) -> go.Scattergl:
    _, name, symbol, side = kind
    jitter = np.random.default_rng(0).uniform(0.12, 0.38, len(part)) * side
    wrong, shown = name == "wrong", part["sample_id"].astype(str).map(short)
    return go.Scatter(
        x=part["value"],
        y=part["label"].astype(str).map(place) + jitter,
        mode="markers",
        name=f"{name} (n {len(part):,})",
        marker={
            "symbol": symbol,
            "size": 9 if wrong else 6,
            "color": colours.wrong if wrong else colours.right,
            "opacity": 0.9 if wrong else 0.65,
            "line": {"width": 0},
        },
        customdata=np.stack([part["sample_id"], part["label"].astype(str).map(short), shown], axis=1),
        hovertemplate="%{customdata[2]}<br>%{customdata[1]}, " + name + ": %{x:.2f}<extra></extra>",
    )


def _bins(
    part: pd.DataFrame,
    place: dict[str, int],
    kind: tuple[object, str, str, float],
    colours: Palette,
    ends: tuple[float, float],
) -> go.Bar:
    """Bars of equal width; the tallest of each row and kind has the same height."""
    _, name, _, side = kind
    edges = np.linspace(*ends, BINS + 1)
    rows = []
    for label, values in part.groupby("label", observed=True)["value"]:
        counts = np.histogram(values.clip(*ends), edges)[0]
        rows += [
            (place[str(label)], middle, count, count / counts.max(), short(str(label)))
            for middle, count in zip((edges[:-1] + edges[1:]) / 2, counts, strict=True)
            if count
        ]
    y, x, sizes, heights, labels = zip(*rows, strict=True)
    return go.Bar(
        x=x,
        y=np.array(heights) * 0.36 * side,
        base=np.array(y) + 0.06 * side,
        width=(edges[1] - edges[0]) * 0.92,
        name=f"{name} (n {len(part):,})",
        marker={"color": colours.wrong if name == "wrong" else colours.right, "line": {"width": 0}},
        customdata=np.stack([np.array(sizes, dtype=object), np.array(labels, dtype=object)], axis=1),
        hovertemplate="%{customdata[1]}, " + name + ", around %{x:.2f}: n %{customdata[0]}<extra></extra>",
    )


def _medians(
    figure: go.Figure, groups: Sequence[FocusGroup], place: dict[str, int], colours: Palette
) -> None:
    """A dot at each median with its interval as a thin bar, and the numbers at the end of the row."""
    known = [group for group in groups if group.n]
    figure.add_trace(
        go.Scatter(
            x=[group.median for group in known],
            y=[place[group.label] for group in known],
            mode="markers",
            showlegend=False,
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 3, "color": colours.ink}},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [np.nan_to_num(group.high - group.median) for group in known],
                "arrayminus": [np.nan_to_num(group.median - group.low) for group in known],
                "color": colours.ink,
                "thickness": 2,
                "width": 0,
            },
            hoverinfo="skip",
        )
    )
    for group in groups:
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=place[group.label],
            text=_numbers(group), showarrow=False, align="left", font={"size": 12, "color": colours.ink},
        )  # fmt: skip


def _numbers(group: FocusGroup) -> str:
    missing = f"<br>{group.undefined:,} undefined" if group.undefined else ""
    if not group.n:
        return f"no value{missing}"
    interval = "" if np.isnan(group.low) else f"  {group.low:.2f}–{group.high:.2f}"
    return f"<b>{group.median:.2f}</b>{interval}<br>n {group.n:,}{missing}"


def _anchors(
    figure: go.Figure,
    groups: Sequence[FocusGroup],
    place: dict[str, int],
    score: str,
    colours: Palette,
) -> None:
    """Floor and chance: one line each where the ruler fixes them, a tick per row where they differ."""
    for name, dash in (("floor", "solid"), ("chance", "dash")):
        values = [(group, getattr(group, name)) for group in groups]
        known = [(place[group.label], value) for group, value in values if not np.isnan(value)]
        if known:
            x = [end for _, value in known for end in (value, value, None)]
            y = [end for row, _ in known for end in (row - 0.46, row + 0.46, None)]
            figure.add_trace(
                go.Scatter(
                    x=x,
                    y=y,
                    mode="lines",
                    showlegend=False,
                    line={"color": colours.muted, "width": 1.5, "dash": dash},
                    hoverinfo="skip",
                )
            )
            row, value = max(known)
            figure.add_annotation(
                x=value, y=row + 0.46, yanchor="bottom", text=name, showarrow=False,
                font={"size": 11, "color": colours.muted},
            )  # fmt: skip
