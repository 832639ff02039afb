"""How to read an audit: the steps, the ruler with drawn examples, the levels of evidence."""

import streamlit as st

from gradcam_core.runs.findings import LEVELS
from ui import figures, prose

STEPS = (
    (
        "A heatmap is a hint.",
        "It shows on which cells of the picture the evidence for one class was collected. "
        "Use it to see and to search.",
    ),
    (
        "A score counts the hint.",
        "It says how much of the heat lies outside the object, on the map's own grid, beside what a "
        "meaningless map would score (chance) and the best that this grid allows (floor).",
    ),
    (
        "An edit is evidence.",
        "Change only the suspected thing, and a matched other thing as a control, and see whether the "
        "prediction changes. Only then does this tool say that a model relies on something.",
    ),
)
MEANINGS = (
    "Nothing stood out, or it could not be tested; it says what effect would have shown.",
    "The heat lies there more than elsewhere. Nothing more is known.",
    "Besides, the background or the spot alone tells the classes apart in these data.",
    "Changing it changes predictions clearly more often than a control edit does.",
    "Besides, pictures in which the cue speaks against the truth are more often wrong.",
)


def reading() -> None:
    """Three steps, from hint to evidence."""
    for column, (number, (title, text)) in zip(
        st.columns(3, gap="large"), enumerate(STEPS, 1), strict=True
    ):
        with column:
            st.markdown(f"**{number}. {title}**")
            st.markdown(text)


def ruler() -> None:
    """The focus ruler, with maps that are drawn and scored here and now."""
    st.header("The focus ruler", anchor=False)
    st.markdown(
        "The raw share of heat outside the object depends on the object's size and on the grid, so the "
        "same behaviour scores differently. The ruler removes most of that: **0** is a map as tight as "
        "the object seen on this grid, **1** a map that is the same everywhere, **2** all heat on the "
        "background."
    )
    st.plotly_chart(
        figures.ruler(st.context.theme.type == "dark"),
        key="ruler",
        theme=None,
        config=figures.SAVE,
        alt="; ".join(
            f"{item.title}: raw {item.raw:.2f}, ruler {item.ruler:.2f}" for item in figures.examples()
        ),
    )
    prose.note(
        "The white frame is the object; the numbers are computed by the scores below. Half the heat on a "
        "far corner may still stay below 1, so being better than chance clears nobody: far background "
        "focus counts such heat directly."
    )


def levels() -> None:
    """What the evidence levels of findings mean."""
    st.header("Levels of evidence", anchor=False)
    st.table(
        [
            {"Level": str(level), "Called": name, "Means": text}
            for level, (name, text) in enumerate(zip(LEVELS, MEANINGS, strict=True))
        ],
        hide_index=True,
    )
