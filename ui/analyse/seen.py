"""Samples as the network gets them, so that a wrong way of reading is seen before anything is computed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import prose
from ui.values import decoded

ABOUT = (
    "What the network gets, drawn back as pictures: at its size, resized, turned and with its channels. "
    "The values are those of the input."
)


def seen(shown: Sequence[Mapping[str, Any]]) -> None:
    """Up to six pictures in a row, each with its label, range and path; nothing where there are none."""
    if not shown:
        return
    st.subheader("As the network sees them", anchor=False)
    prose.note(ABOUT)
    for column, one in zip(st.columns(len(shown), gap="small"), shown, strict=True):
        with column:
            _tile(one)


def _tile(one: Mapping[str, Any]) -> None:
    label, words, path = (str(one.get(name) or "") for name in ("label", "words", "path"))
    if data := decoded(one.get("png")):
        st.image(data, width="stretch")
    st.markdown(f"**{prose.plain(label or 'no label')}**")
    prose.note(words)
    prose.note(path)
