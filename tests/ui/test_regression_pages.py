"""Pages of a regression: words on cards, figures, filters and the empty state."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.queries import Filters, Range, matching
from gradcam_core.runs.report import inline
from gradcam_core.runs.report.overlays import Look, write_overlays
from gradcam_core.runs.report.render import render
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.summary import headline
from gradcam_core.tasks.regression.summary import miss_bins
from tests.run_numbers import make_number_run
from tests.ui.app_pages import opened, text_of
from ui import data, figures, scales
from ui.gallery import cards
from ui.prose import plain
from ui.readings import Said, regression
from ui.thumbnails import Shown

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    make_number_run(folder, n=40, every_unlabelled=13, every_unreadable=11)
    return folder


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    return open_run(next((home / "runs").iterdir()))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(home: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    opened(name, home, monkeypatch)


def test_the_overview_speaks_of_errors_not_of_accuracy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("1_Overview.py", home, monkeypatch)
    said = text_of(test)
    assert "Mean absolute error 0.8" in said and "lie within 1 of the target" in said
    assert "explained: what raises the output" in said
    assert "Accuracy" not in said
    titles = [entry.value for entry in test.header]
    assert "Truth against output" in titles
    assert "Attention outside the object, by third of the targets" in titles
    assert len(test.get("plotly_chart")) == 3  # focus, output against target, errors


def test_without_targets_there_is_nothing_to_compare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_number_run(tmp_path, every_unlabelled=1)
    test = opened("1_Overview.py", tmp_path, monkeypatch)
    assert any("neither a target" in e.value or "both a target" in e.value for e in test.info)
    assert "The error is unknown" in text_of(test)


def test_the_gallery_filters_and_sorts_by_errors(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("2_Gallery.py", home, monkeypatch, **{"in.error": "..-1", "sort": "absolute_error"})
    assert any(plain("error (output − target) ≤ -1") in button.label.lower() for button in test.button)
    sliders = [slider.label for slider in test.slider]
    assert sliders[:4] == ["Target", "Output", plain("Error (output − target)"), "Absolute error"]
    assert "Confidence" not in sliders
    sort = next(box for box in test.selectbox if box.label == "Sort by")
    assert sort.value == "absolute_error"
    direction = next(box for box in test.get("button_group") if "first" in str(box.proto))
    assert "Largest first" in str(direction.proto)


def test_a_sample_says_its_numbers(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = opened("3_Sample.py", home, monkeypatch, sample="sample-00003")
    assert test.text[0].value.startswith("Output -1.05, true 0.45, error -1.50, outside tolerance (1). ")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"output": 2.31, "target": 2.5, "correct": True},
            Said(
                "2.31, true 2.50", "", "within tolerance", False, "error -0.19",
                "Output 2.31, true 2.50, error -0.19, within tolerance (1)",
            ),
        ),
        (
            {"output": 7.0, "target": 2.5, "correct": False},
            Said(
                "7.00, true 2.50", "", "outside tolerance", True, "error +4.50",
                "Output 7.00, true 2.50, error +4.50, outside tolerance (1)",
            ),
        ),
        (
            {"output": 7.0, "target": np.nan, "correct": None},
            Said("7.00", "", "no target to compare", False, "", "Output 7.00, no target"),
        ),
        (
            {"output": np.nan, "target": 2.5, "correct": None},
            Said("true 2.50", "", "not predicted", False, "", "True 2.50, not predicted"),
        ),
    ],
)  # fmt: skip
def test_a_number_in_words(run: Run, row: dict[str, Any], said: Said) -> None:
    assert regression.said(run, row) == said


def test_a_card_has_no_class(run: Run) -> None:
    record = data.records(run, np.array([4]))[0]
    found = cards.card(run, record, Shown("", (90, 120)), "classic", "object_area")
    assert found["said"]["number"] == "error +0.25"
    for sort in ("error", "absolute_error"):
        assert cards.card(run, record, Shown("", (9, 12)), "classic", sort)["sorted"] == ""
    assert scales.title(run, "error") == "Error (output − target)"


def test_a_rectangle_of_the_scatter_is_a_filter(run: Run) -> None:
    found = regression.box_filters([4.0, 1.0], [0.0, 3.0])
    assert found == Filters(ranges=(Range("target", 1, 4), Range("output", 0, 3)))
    table = run.table
    inside = table["target"].between(1, 4) & table["output"].between(0, 3)
    assert (matching(table, found) == inside).all() and inside.any()


@pytest.mark.parametrize("count", [400, 6000], ids=["marks", "squares"])
def test_the_scatter_holds_every_sample(count: int) -> None:
    rng = np.random.default_rng(0)
    target = rng.uniform(0, 10, count)
    points = pd.DataFrame(
        {
            "sample_id": np.arange(count).astype(str),
            "target": target,
            "output": target + rng.normal(0, 1, count),
        }
    )
    points["correct"] = (points["output"] - target).abs() <= 1
    figure = figures.number_scatter(points, 1.0)
    drawn = [trace for trace in figure.data if trace.mode == "markers"]
    if count == 400:
        assert sum(len(trace.x) for trace in drawn) == count
        assert drawn[0].text[0] in set(points["sample_id"])
        return
    (squares,) = drawn
    assert sum(int(text.split()[0]) for text in squares.text) == count
    assert len(set(zip(squares.x, squares.y, strict=True))) == len(squares.text) < 1600


@pytest.mark.parametrize(
    ("errors", "tolerance", "width"),
    [([-2.0, 0.3, 2.0], 1.0, 0.1), ([-50.0, 50.0], 1.0, 3.0), ([-1.0, 1.0], 0.0, 0.05), ([0.0], 0.0, 1.0)],
)
def test_bins_of_errors_meet_zero_and_hold_everything(
    errors: list[float], tolerance: float, width: float
) -> None:
    bins = miss_bins(pd.Series([*errors, np.nan]), tolerance)
    assert bins["n"].sum() == len(errors)
    assert (bins["high"] - bins["low"]).to_numpy() == pytest.approx(width)
    ends = np.concatenate([bins["low"], bins["high"]])
    assert np.abs(ends / width - np.round(ends / width)).max() < 1e-9
    assert len(figures.miss_histogram(bins, tolerance).data) == 1


def test_no_errors_no_bins() -> None:
    assert miss_bins(pd.Series([np.nan]), 1.0).empty


def test_the_headline_begins_with_the_error(run: Run) -> None:
    mean = (12 * 1.5 + 11 * 0.25 + 11 * 0.75) / 34  # of 40 three have no target, three no output
    assert headline(run.table, run.manifest).answers.startswith(f"Mean absolute error {mean:.3f} (")


def test_exports_speak_of_numbers(run: Run) -> None:
    page = render(run, Wanted())
    assert "An answer within 1 of the target counts as correct." in page
    assert "Mean absolute error" in page and "confidence" not in page and "predicted cat" not in page
    outputs = run.table["output"].dropna()
    assert f"output {outputs.iloc[0]:.2f}" in page and "furthest from the target first" in page
    shown = inline.gallery(run, 2)
    assert ": target " in shown and ", output " in shown
    assert "predicted" not in shown


def test_names_of_overlays_say_the_numbers(run: Run, tmp_path: Path) -> None:
    found = write_overlays(run, run.table["outcome"].tolist(), tmp_path, Look(0.5, "image"))
    assert found["sample-00003"] == "incorrect/sample-00003_incorrect_target-0.45_output--1.05.jpg"
