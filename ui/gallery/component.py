"""Registers and mounts the browser component. Its html, css and js are files beside this one.

They are trusted code and never take data by interpolation: labels and file names travel in ``data``
and reach the page through ``textContent`` only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import streamlit as st

from gradcam_core.maps.browser import scripts
from ui import state
from ui.reviews import who

HERE = Path(__file__).parent
SCRIPTS = (
    "options.js",
    "place.js",
    "toolbar.js",
    "facts.js",
    "queue.js",
    "reviews.js",
    "grid.js",
    "window.js",
    "zoom.js",
    "detail.js",
    "main.js",
)


Kind = Literal["open", "step"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def _read(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


_mount = st.components.v2.component(
    "gradcam_gallery",
    html=_read("frame.html"),
    css=_read("style.css"),
    js=f"{scripts()}\n{_read(*SCRIPTS)}",
)


@dataclass(frozen=True)
class Event:
    """What somebody did: opened a sample of the grid, or stepped to another one of the order."""

    kind: Kind
    sample_id: str


def on_gallery_event(result: Mapping[str, Any]) -> Event | None:
    """The event in a component's result, or None. What the browser sends is checked, not believed."""
    for kind in KINDS:
        sent = result.get(kind)
        sample_id = sent.get("value") if isinstance(sent, Mapping) else None
        if isinstance(sample_id, str) and sample_id:
            return Event(kind, sample_id)
    return None


def _nothing() -> None:
    """The result is read after mounting; Streamlit wants a callback to know the trigger's name."""


def sent_value(result: Mapping[str, Any], kind: str) -> Any:
    """What the browser sent as ``review`` (acts) or ``who`` (a name), unchecked; None if it sent none."""
    sent = result.get(kind)
    return sent.get("value") if isinstance(sent, Mapping) else None


def draw(
    data: Mapping[str, Any],
    key: str,
    on_step: Callable[[str], None] | None = None,
    on_review: Callable[[Any], None] | None = None,
) -> Event | None:
    """Mount the component with ``data`` (see ``cards.py``) and return what somebody did in it.

    ``on_step`` gets the id of the sample that somebody stepped to, ``on_review`` the acts that somebody
    sent (unchecked), both before the page runs again.
    """

    def stepped() -> None:
        event = on_gallery_event(state.chosen(key) or {})
        if on_step is not None and event is not None and event.kind == "step":
            on_step(event.sample_id)

    def reviewed() -> None:
        sent = sent_value(state.chosen(key) or {}, "review")
        if on_review is not None and sent is not None:
            on_review(sent)

    def named() -> None:
        who.remember(sent_value(state.chosen(key) or {}, "who"))

    result = _mount(
        key=key,
        data=dict(data),
        on_open_change=_nothing,
        on_step_change=stepped,
        on_review_change=reviewed,
        on_who_change=named,
    )
    return on_gallery_event(result)
