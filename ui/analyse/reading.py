"""How picture files are read, where that was open: choices beside the facts that they change."""

from collections.abc import Mapping
from typing import Any, get_args

import streamlit as st

from gradcam_core.base.picture_rules import Orientation
from gradcam_core.projects.overrides import LabelsFrom, Uncertain

WAYS = {"stored": "as it is stored", "upright": "upright, as people see it"}
SOURCES = {"table": "the table", "folders": "the folders"}
UNCERTAIN = {"ignore": "not counted", "positive": "as there", "negative": "as not there"}
INTENSITY = (
    "full-range (16-bit values by 257), bits=12 (0 to 4095), dataset-range, or range=LOW..HIGH: what "
    "becomes black and white. One rule for all pictures."
)
BACKGROUND = (
    "A colour as #rrggbb, or none: alpha is dropped, as some loaders do, and hidden colours appear."
)
UNDERSTOOD = "as understood"


def choices(found: Mapping[str, Any], given: Mapping[str, str | bool]) -> dict[str, str | bool | None]:
    """Fields for what the facts of this project speak of; only what was changed is handed on.

    Args:
        found: what ``inspect`` says.
        given: options of the earlier look.
    """
    facts, spec = {str(fact["name"]) for fact in found.get("facts", ())}, found["input"]
    changed: dict[str, str | bool | None] = {}
    if "orientation" in facts:
        now, ways = str(spec["orientation"]), get_args(Orientation)
        title = "Way up of turned pictures"
        chosen = st.selectbox(title, ways, index=ways.index(now), format_func=WAYS.__getitem__)
        changed |= {"orientation": chosen} if chosen != now else {}
    if "intensity" in facts:
        changed |= _text("intensity", "Depth of grey", str(spec["intensity"]), INTENSITY)
    if "background" in facts:
        changed |= _text("background", "Behind transparent pixels", str(spec["background"]), BACKGROUND)
    if "regions orientation" in facts:
        title = "Way up that regions were drawn on"
        changed |= _optional("regions-orientation", title, WAYS, get_args(Orientation), given)
    if "uncertain labels" in facts:
        changed |= _optional("uncertain", "Uncertain labels", UNCERTAIN, get_args(Uncertain), given)
    if "labels from" in facts:
        changed |= _optional("labels-from", "Labels come from", SOURCES, get_args(LabelsFrom), given)
    return changed


def _text(name: str, title: str, now: str, said: str) -> dict[str, str | bool | None]:
    chosen = st.text_input(title, value=now, help=said).strip()
    return {name: chosen} if chosen and chosen != now else {}


def _optional(
    name: str,
    title: str,
    words: Mapping[str, str],
    values: tuple[str, ...],
    given: Mapping[str, str | bool],
) -> dict[str, str | bool | None]:
    now = given.get(name)
    chosen = st.selectbox(
        title,
        values,
        index=values.index(str(now)) if now in values else None,
        format_func=lambda value: words[value],
        placeholder=UNDERSTOOD,
    )
    return {name: chosen} if chosen != now else {}
