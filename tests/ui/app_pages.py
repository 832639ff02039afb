"""Pages of the dashboard opened without a browser, and what stands on them."""

import re
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui.layout import UNDRAWN

ROOT = Path(__file__).parents[2]


def page_of_app(page: str) -> AppTest:
    """As the server does it on a cold link: the page's file runs, ``app.py`` does not."""
    return AppTest.from_file(ROOT / "app.py", default_timeout=60).switch_page(f"pages/{page}")


def opened(file: str, home: Path, patch: pytest.MonkeyPatch, **query: str) -> AppTest:
    """The page of ``file`` below ``pages/`` on the runs below ``home``."""
    patch.setenv("GRADCAM_HOME", str(home))
    return shown(file, **query)


def shown(file: str, **query: str) -> AppTest:
    """The page of ``file`` with an address, nothing remembered from before."""
    st.cache_data.clear()
    st.cache_resource.clear()
    test = page_of_app(file)
    for key, value in query.items():
        test.query_params[key] = value
    return sound(test.run())


def sound(test: AppTest) -> AppTest:
    """The script of the page ran to its end."""
    assert not test.exception, [entry.stack_trace for entry in test.exception]
    assert not [entry.value for entry in test.error if entry.value.startswith(UNDRAWN)]
    return test


def text_of(test: AppTest) -> str:
    """Everything that is written on the page in our own HTML, explanations on hover left out."""
    written = "\n".join(str(entry.proto.body) for entry in test.get("html"))
    return re.sub(r"</?abbr[^>]*>", "", written)
