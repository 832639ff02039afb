"""Plotly figures: tables and arrays in, a figure out. No Streamlit, no state."""

from ui.figures.focus_strip import focus_strip
from ui.figures.mean_heat import mean_heat
from ui.figures.miss_histogram import miss_histogram
from ui.figures.number_scatter import number_scatter
from ui.figures.ruler import RulerExample, examples, ruler
from ui.figures.score_histogram import score_histogram
from ui.figures.spectrogram import spectrogram
from ui.figures.style import MOST_CLASSES, MOST_POINTS, Palette, palette

__all__ = [
    "MOST_CLASSES",
    "MOST_POINTS",
    "Palette",
    "RulerExample",
    "examples",
    "focus_strip",
    "mean_heat",
    "miss_histogram",
    "number_scatter",
    "palette",
    "ruler",
    "score_histogram",
    "spectrogram",
]
