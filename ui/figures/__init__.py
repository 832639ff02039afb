"""Plotly figures: tables and arrays in, a figure out, no state. Only what draws one knows Streamlit."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st

from ui.figures.drawing import drawing, selected_outline, selected_point
from ui.figures.focus_strip import focus_strip
from ui.figures.mean_heat import mean_heat
from ui.figures.miss_histogram import miss_histogram
from ui.figures.number_scatter import number_scatter
from ui.figures.ruler import RulerExample, examples, ruler
from ui.figures.score_histogram import score_histogram
from ui.figures.spectrogram import spectrogram
from ui.figures.style import MOST_CLASSES, MOST_POINTS, SAVE, Palette, palette

__all__ = [
    "MOST_CLASSES",
    "MOST_POINTS",
    "SAVE",
    "Palette",
    "RulerExample",
    "drawing",
    "examples",
    "focus_strip",
    "mean_heat",
    "miss_histogram",
    "number_scatter",
    "palette",
    "ruler",
    "score_histogram",
    "selected",
    "selected_outline",
    "selected_point",
    "spectrogram",
]


def selected(
    figure: go.Figure, key: str, alt: str, mode: Literal["box", "lasso", "points"] = "points"
) -> Any:
    """Draw ``figure``; what of it is selected, by kind ("points", "box", "lasso").

    ``alt`` says the figure in words, for those who cannot see it.
    """
    event = st.plotly_chart(
        figure,
        key=key,
        on_select="rerun",
        selection_mode=mode,
        theme=None,
        config=SAVE,
        alt=alt,
    )
    return event["selection"]
