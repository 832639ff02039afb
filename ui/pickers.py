"""A choice out of a few whose value lives in the address, and numbers as people write them."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from gradcam_core.base.text import decimal
from ui import state


def segments(name: str, key: str, title: str, values: Sequence[str], words: Callable[[str], str]) -> str:
    """All of ``values`` side by side; ``name`` is the query parameter, ``key`` the widget's."""
    return _picked(st.segmented_control, name, key, title, values, format_func=words, required=True)


def select(
    name: str,
    key: str,
    title: str,
    values: Sequence[str],
    words: Callable[[str], str],
    width: int = 240,
    help: str | None = None,
) -> str:
    """The same as a list to open."""
    return _picked(st.selectbox, name, key, title, values, format_func=words, width=width, help=help)


def _picked(
    widget: Callable[..., Any], name: str, key: str, title: str, values: Sequence[str], **options: Any
) -> str:
    """What the address says; the first of ``values`` where it says nothing that is among them."""
    wanted = state.get(name)
    now = wanted if wanted in values else values[0]
    write = state.on_choice(key, lambda value: state.put(**{name: value}))
    widget(title, list(values), key=state.seeded(key, now), on_change=write, **options)
    return now


def decimal_field(title: str, start: float, low: float, high: float, key: str) -> float | None:
    """A number from ``low`` to ``high``, with a point or a comma; None, and why, where it is none."""
    said = st.text_input(title, f"{start:g}", key=key, width=120)
    try:
        value = decimal(said)
        if low <= value <= high:
            return value
    except ValueError:
        pass
    st.caption(f"Expected a number from {low:g} to {high:g}, such as 12.5 or 12,5.")
    return None
