"""Words with numbers on a page. Names of classes and files are untrusted and are written as text."""

import html
from collections.abc import Iterable

import streamlit as st

from ui.glossary import marked

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


def count(number: int, one: str, many: str = "") -> str:
    """'1 sample', '3 samples'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def plain(text: str) -> str:
    """Text that Streamlit's Markdown shows as it is."""
    marks = "\\`*_{}[]()<>#+-.!|$~:"
    return "".join(f"\\{sign}" if sign in marks else sign for sign in text)
