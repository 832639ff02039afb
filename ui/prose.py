"""Words with numbers on a page. Names of classes and files are untrusted and are written as text."""

import html
import re
from collections.abc import Iterable

import streamlit as st

from gradcam_core.base.glossary import marked
from gradcam_core.base.text import no_markdown, short

NUMBERS = "font-variant-numeric:tabular-nums;overflow-wrap:anywhere"
QUIET = f"{NUMBERS};opacity:.78;font-size:.95rem;margin:0 0 .2rem 0"
LARGE = (
    f"{NUMBERS};font-size:1.45rem;line-height:1.4;font-weight:500;max-width:60rem;margin:.1rem 0 .6rem 0"
)


def answer(sentence: str) -> None:
    """The one computed sentence at the top of a page."""
    st.html(f'<p style="{LARGE}" role="status">{marked(html.escape(sentence))}</p>')


def said(sentence: str) -> None:
    """A sentence of the page's text."""
    style = f"{NUMBERS};font-size:1.02rem;line-height:1.5;max-width:60rem"
    st.html(f'<p style="{style}">{marked(html.escape(sentence))}</p>')


def facts(parts: Iterable[str]) -> None:
    """A quiet line of facts, separated by dots."""
    st.html(f'<p style="{QUIET}">{" · ".join(marked(html.escape(part)) for part in parts if part)}</p>')


def note(sentence: str) -> None:
    """A quiet sentence under a figure."""
    st.html(f'<p style="{QUIET};font-size:.85rem">{marked(html.escape(sentence))}</p>')


def scrolling(table: str, label: str, kind: str = "") -> str:
    """HTML of a table that is pushed sideways in a narrow window: by touch, or by keys once focused."""
    classes = f"farms {kind}".strip()
    return (
        f'<div class="{classes}" tabindex="0" role="group" aria-label="{html.escape(label)}">{table}</div>'
    )


def count(number: int, one: str, many: str = "") -> str:
    """'1 sample', '3 samples'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


LONG = 2_000  # characters; a sentence with its numbers stays whole
JOINER = "\u2060"  # takes no room and breaks no line
# What Streamlit looks for once its Markdown is read, where a backslash no longer helps: addresses that
# become links, :shortcodes: of icons, and arrows and dashes made of signs
_LATER = re.compile(
    r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=:)(?=[\w/+-]+:)|(?<=[-<=~])(?=[->=])|(?<=>)(?==)",
    re.IGNORECASE,
)


def plain(text: object, most: int = LONG) -> str:
    """Text that Streamlit's Markdown shows as it is: no picture, link, icon, colour, formula or mark-up."""
    return no_markdown(_LATER.sub(JOINER, short(text, most).strip()))
