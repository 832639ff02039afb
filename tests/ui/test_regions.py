"""A region drawn on the Sample page: kept as somebody's act, and every score follows."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.runs.redrawn import drawn_on, open_redrawn
from gradcam_core.runs.reviews.acts import EVERY
from gradcam_core.runs.reviews.regions import to_outline
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import shown, sound, text_of
from ui import state
from ui.figures import drawing, selected_outline, selected_point
from ui.reviews import regions

SIZE = (90, 120)
SQUARE = [[0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    return open_run(make_run(tmp_path, Recipe(n=6, regions=False)))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session without a browser, whose reader is Ana."""
    kept: dict[str, Any] = {"reviewer": "Ana"}
    monkeypatch.setattr(state, "keep", kept.__setitem__)
    monkeypatch.setattr(state, "kept", kept.get)
    return kept


def test_boxes_and_outlines_become_shares_within_the_picture() -> None:
    box = {"x": [60, 30], "y": [-20, 45]}
    assert selected_outline({"box": [box]}, SIZE) == [[0.25, 0, 0.5, 0, 0.5, 0.5, 0.25, 0.5]]
    lasso = {"x": [0, 120, 60], "y": [0, 0, 90]}
    assert selected_outline({"lasso": [lasso]}, SIZE) == [[0, 0, 1, 0, 0.5, 1]]
    assert selected_outline({"box": [{"x": [5, 5], "y": [1, 9]}]}, SIZE) == []
    assert selected_outline({}, SIZE) == []
    assert selected_point({"points": [{"x": 30, "y": 45}]}, SIZE) == (0.25, 0.5)
    assert selected_point({"points": []}, SIZE) is None


@pytest.mark.parametrize(("tool", "drag"), [("box", "select"), ("lasso", "lasso"), ("points", False)])
def test_the_figure_shows_the_picture_the_region_and_what_a_drag_means(tool: Any, drag: object) -> None:
    figure = drawing("data:,", SIZE, SQUARE, tool)
    assert figure.layout.dragmode == drag
    assert figure.layout.images[0].sizex == 120 and tuple(figure.layout.yaxis.range) == (90, 0)
    assert list(figure.data[1].x) == [30, 90, 90, 30, 30]


def test_a_kept_region_carries_its_author_and_gives_scores(run: Run, session: dict[str, Any]) -> None:
    regions.keep(run, "sample-00001", SQUARE)
    regions.keep(run, EVERY, SQUARE)
    drawn = drawn_on(run)
    assert drawn.own["sample-00001"].reviewer == "Ana" and drawn.shared is not None
    assert to_outline(drawn.shared.outline) == SQUARE
    assert open_redrawn(run.path).table["background_focus"].notna().all()
    regions.keep(run, "sample-00001", [])
    regions.keep(run, EVERY, [])
    assert not drawn_on(run) and session[regions.PROBLEM] == ""


def test_a_picture_that_is_gone_is_said(run: Run, session: dict[str, Any]) -> None:
    (run.root / "pictures" / "001.png").unlink()
    regions.keep(run, "sample-00001", SQUARE)
    assert not drawn_on(run) and "Not kept" in session[regions.PROBLEM]


def test_the_page_keeps_a_box_in_numbers_and_shows_the_new_score(run: Run) -> None:
    page = shown("3_Sample.py", run=run.id, sample="sample-00001", region_tool="numbers")
    assert "no region" in page.text[0].value and "Say your name" in text_of(page)
    next(one for one in page.text_input if one.label == "Your name").set_value("Ana").run()
    page.text_input(key="region_left").set_value("right").run()
    assert any("such as 12.5 or 12,5" in one.value for one in page.caption)
    page.text_input(key="region_left").set_value("12,5").run()
    next(one for one in page.button if one.label == "Use this region").click().run()
    sound(page)
    texts = [one.value for one in page.text]
    assert "of the heat lies outside the object" in texts[0]
    assert any(one.startswith("Drawn by Ana") for one in texts)
    assert min(to_outline(drawn_on(run).own["sample-00001"].outline)[0]) == 0.125
