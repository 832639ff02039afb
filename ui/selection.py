"""A figure whose marks can be chosen."""

from typing import Any, Literal

import plotly.graph_objects as go
import streamlit as st


def selected(figure: go.Figure, key: str, alt: str, mode: Literal["box", "points"] = "points") -> Any:
    """Draw ``figure``; what of it is selected, by kind ("points", "box").

    ``alt`` says the figure in words, for those who cannot see it.
    """
    event = st.plotly_chart(
        figure,
        key=key,
        on_select="rerun",
        selection_mode=mode,
        theme=None,
        config={"displayModeBar": False},
        alt=alt,
    )
    return event["selection"]
