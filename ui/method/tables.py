"""The methods and scores that are built in, straight from their registries."""

import streamlit as st

from gradcam_core.maps.cams import CAMS
from gradcam_core.maps.scores import SCORES


def methods() -> None:
    """Every CAM method with its paper."""
    st.header("Methods", anchor=False)
    st.table(
        [
            {
                "Method": method.title,
                "Name": name,
                "Evidence for one class": "yes" if method.class_specific else "no, never scored",
                "Needs": "gradients" if method.needs_gradients else "no gradients",
                "Source": method.paper,
            }
            for name, method in CAMS.items()
        ],
        hide_index=True,
    )


def scores() -> None:
    """Every score with its range and meaning."""
    st.header("Scores", anchor=False)
    better = {"low": "low", "high": "high", "neither": "–"}
    st.table(
        [
            {
                "Score": score.title,
                "Column": name,
                "Range": f"{score.range[0]:g} to {score.range[1]:g}",
                "Good": better[score.better],
                "Needs a region": "yes" if score.needs_region else "no",
                "Meaning": score.help,
            }
            for name, score in SCORES.items()
        ],
        hide_index=True,
    )
