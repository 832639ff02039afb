"""Names and labels are text everywhere: one hostile name through every page, address, figure and export."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.hostile_names import HOSTILE, MARKS, hostile_run
from tests.ui.app_pages import opened
from ui.prose import plain

PAGES = sorted(path.name for path in (Path(__file__).parents[2] / "pages").glob("*_*.py"))
NOT_MARKUP = {"arrow_data_frame", "arrow_table", "bidi_component", "text_input", "text", "code"}
OPTIONS = {"selectbox", "multiselect"}  # their options are text; only labels and helps are Markdown


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    hostile_run(folder)
    return folder


def drawn(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        yield from drawn(child) if hasattr(child, "children") else ()


def markup(test: AppTest) -> Iterator[tuple[str, str]]:
    """(kind, text): what Streamlit reads as Markdown, what Plotly reads as HTML, and HTML of ours."""
    for element in drawn(test._tree):
        proto = getattr(element, "proto", None)
        if proto is None or element.type in NOT_MARKUP:
            continue
        if element.type in OPTIONS:
            yield from (("markdown", proto.label), ("markdown", proto.help))
        elif element.type == "plotly_chart":
            yield from (("html", text) for text in figure_texts(json.loads(proto.spec)))
        else:
            kind = "html" if element.type == "html" else "markdown"
            yield from ((kind, text) for text in texts(proto))


def texts(proto: Any) -> Iterator[str]:
    for field, value in proto.ListFields():
        if field.name in ("id", "query_string", "page", "url"):
            continue
        if isinstance(value, str):
            yield value
        elif hasattr(value, "ListFields"):
            yield from texts(value)
        elif field.is_repeated:
            for one in value:
                if isinstance(one, str):
                    yield one
                elif hasattr(one, "ListFields"):
                    yield from texts(one)


def figure_texts(spec: Any) -> Iterator[str]:
    """What Plotly reads as its own small HTML; ``customdata`` is data unless a template shows it."""
    values = spec.items() if isinstance(spec, dict) else enumerate(spec)
    for key, value in values:
        if isinstance(value, str) and key not in ("source", "legendgroup"):
            yield value
        elif isinstance(value, dict | list) and key != "customdata":
            yield from figure_texts(value)


@pytest.mark.parametrize("page", PAGES)
def test_no_name_is_read_as_markup(page: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened(page, home, monkeypatch, sample=f"{HOSTILE}-0")
    said = [(kind, text) for kind, text in markup(test) if "evil" in text]
    for kind, text in said:
        assert not any(re.search(mark, text) for mark in MARKS[kind]), text
    if page in ("1_Overview.py", "2_Gallery.py", "5_Findings.py"):
        assert said, "the hostile name stands nowhere, so nothing was shown"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", ["run", "sample", "label", "pred", "is.meta_x", "in.label", "view", "look"])
def test_no_address_is_read_as_markup(
    page: str, key: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened(page, home, monkeypatch, **{key: HOSTILE})
    for kind, text in markup(test):
        assert not any(re.search(mark, text) for mark in MARKS[kind]), text


def test_plain_leaves_ordinary_names_readable() -> None:
    assert plain("golden retriever") == "golden retriever"
    assert plain("a_b (1)") == "a\\_b \\(1\\)"
    assert len(plain("x" * 300_000)) < 2_100
    assert plain("x\x1b[31m\ny") == "x?\\[31m y"


def test_hover_texts_of_figures_are_escaped(home: Path) -> None:
    from gradcam_core.runs.store import list_runs
    from gradcam_core.runs.summary import focus_groups, focus_points
    from ui.figures import focus_strip

    table = list_runs(home / "runs")[0].table
    points = focus_points(table, "normalised", "classic")
    figure = focus_strip(points, focus_groups(table, "normalised", "classic"), "normalised")
    shown = [row for trace in figure.data if trace.customdata is not None for row in trace.customdata]
    assert shown and all("<img" not in str(text) for row in shown for text in row[1:])
    assert isinstance(points, pd.DataFrame)
