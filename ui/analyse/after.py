"""What follows an audit: the search for shortcuts, by itself unless switched off."""

import streamlit as st

from ui import jobs

SEARCH = "Search for shortcuts when it is done"
HELP = "Edits pictures and asks the model again; only that tells what the model uses. It takes minutes."


def search_after(key: str) -> bool:
    """The tick that says so."""
    return st.checkbox(SEARCH, True, key=key, help=HELP, width="content")


def search_options(options: jobs.Options) -> dict[str, str | bool]:
    """Options of the search after an audit with these: code that is trusted stays trusted."""
    return {**jobs.SEARCH, **({"trust-code": True} if options.get("trust-code") else {})}
