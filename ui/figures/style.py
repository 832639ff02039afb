"""What all figures share: colours for both themes, labels that are safe and short, the layout."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.colors import sequential

from gradcam_core.base.text import clean

SAVE = {"displaylogo": False, "modeBarButtons": [["toImage"]], "toImageButtonOptions": {"format": "svg"}}
"""Plotly's settings of a figure: the one button it shows under the pointer saves it as SVG."""
MOST_CLASSES = 12  # rows of a figure that a meeting can still read
MOST_POINTS = 5_000  # above this single points hide each other, so the figure shows bins
# As rgb(): Streamlit takes hex colours #000001 to #000020 for places where it puts the theme's own.
HEAT = [f"rgb({int(c[1:3], 16)},{int(c[3:5], 16)},{int(c[5:], 16)})" for c in sequential.Inferno]


@dataclass(frozen=True)
class Palette:
    """Ink for what matters, muted for scales, right and wrong told apart by shape and by lightness."""

    template: str
    ink: str
    muted: str
    line: str
    right: str
    wrong: str


LIGHT = Palette("plotly_white", "#1c2430", "#586273", "#d5d9e0", "#8f99a8", "#1d4f91")
DARK = Palette("plotly_dark", "#eef1f5", "#a3adbb", "#3a424e", "#7c8796", "#9cc6ff")


def palette(dark: bool) -> Palette:
    """The colours of the dark or the light theme."""
    return DARK if dark else LIGHT


def short(label: str, most: int = 26) -> str:
    """A class name as figure text: cut in the middle, and never read as markup."""
    label = clean(label)
    if len(label) > most:
        label = f"{label[: most // 2]}…{label[-(most // 2 - 1) :]}"
    return html.escape(label, quote=False)


def label_room(labels: Iterable[str]) -> int:
    """Pixels that the longest of these labels takes to the left of a figure."""
    return 22 + 7 * max((min(len(label), 26) for label in labels), default=0)


def finish(figure: go.Figure, colours: Palette, height: int, left: int = 130, right: int = 20) -> go.Figure:
    """Transparent surfaces, quiet lines, figures of equal width, room for labels."""
    figure.update_layout(
        template=colours.template,
        height=height,
        margin={"l": left, "r": right, "t": 52, "b": 44},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.ink, "size": 13, "family": '"Source Sans", "Segoe UI", Arial, sans-serif'},
        legend={
            "orientation": "h",
            "x": 0,
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "font": {"size": 12},
        },
        hoverlabel={"align": "left"},
        dragmode=False,
    )
    return figure
