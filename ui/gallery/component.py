"""Registers and mounts the browser component. Its html, css and js are files beside this one.

They are trusted code and never take data by interpolation: labels and file names travel in ``data``
and reach the page through ``textContent`` only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import streamlit as st

HERE = Path(__file__).parent
SCRIPTS = (
    "options.js",
    "field.js",
    "stage.js",
    "toolbar.js",
    "facts.js",
    "grid.js",
    "detail.js",
    "main.js",
)


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


_mount = st.components.v2.component(
    "gradcam_gallery", html=_read("frame.html"), css=_read("style.css"), js=_read(*SCRIPTS)
)


@dataclass(frozen=True)
class Event:
    """What somebody did: opened a sample, or asked for the previous (-1) or next (+1) one."""

    kind: Literal["open", "step"]
    sample_id: str = ""
    step: int = 0


def on_gallery_event(result: Mapping[str, Any]) -> Event | None:
    """The event in a component's result, or None. What the browser sends is checked, not believed."""
    opened = result.get("open") or {}
    if isinstance(opened, Mapping) and isinstance(sample_id := opened.get("value"), str) and sample_id:
        return Event("open", sample_id)
    stepped = result.get("step") or {}
    if isinstance(stepped, Mapping) and stepped.get("value") in (-1, 1):
        return Event("step", step=int(stepped["value"]))
    return None


def _nothing() -> None:
    """The result is read after mounting; Streamlit wants a callback to know the trigger's name."""


def draw(data: Mapping[str, Any], key: str) -> Event | None:
    """Mount the component with ``data`` (see ``cards.py``) and return what somebody did in it."""
    result = _mount(key=key, data=dict(data), on_open_change=_nothing, on_step_change=_nothing)
    return on_gallery_event(result)
