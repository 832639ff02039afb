"""Pages of a run whose rows are objects: words, table, picture with boxes and cells, links."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.images import geometry
from gradcam_core.runs.store import Run, open_run
from gradcam_core.tasks.object_detection.cells import rectangles
from gradcam_core.tasks.object_detection.matching import kind
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import opened
from ui import data
from ui.figures.objects import Marks, objects
from ui.readings import READINGS, Row, Said

CLASSES = ("background", "nut", "bolt")
SAID = READINGS["object-detection"].said


def columns(table: pd.DataFrame) -> pd.DataFrame:
    """Two rows to a picture; what each is goes round hit, other class, false alarm, miss, nothing."""
    pairs = [
        ("nut", "nut"),
        ("nut", "bolt"),
        ("background", "nut"),
        ("bolt", "background"),
        (CLASSES[0],) * 2,
    ]
    labels, found = zip(*[pairs[row % 5] for row in range(len(table))], strict=True)
    return table.assign(
        label=labels,
        predicted=found,
        correct=[a == b for a, b in zip(labels, found, strict=True)],
        detection=[kind(a, b) for a, b in zip(labels, found, strict=True)],
        picture=[f"picture {row // 2}" for row in range(len(table))],
        path=[table["path"][row // 2 * 2] for row in range(len(table))],
        cells=["" if row % 5 == 4 else "1,2 1,3" for row in range(len(table))],
        boxes=["" if label == "background" else "1" for label in labels],
        score=0.75,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    plain = open_run(make_run(home / "other", Recipe(name="objects", classes=CLASSES))).manifest
    project = {**plain["project"], "task": "object-detection", "root": str(home / "projects" / "objects")}
    model = {**plain["model"], "output_grid": [4, 6], "head": "per-cell", "outputs": 72}
    extra = {"project": project, "model": model}
    make_run(home, Recipe(name="objects", classes=CLASSES, finish=columns, metadata=False, extra=extra))
    return home


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    return open_run(next((home / "runs").iterdir()))


def row(run: Run, place: int) -> Row:
    return data.records(run, np.array([place]))[0]


def test_words_of_each_kind(run: Run) -> None:
    hit, other, alarm, miss, nothing = (SAID(run, row(run, place)) for place in range(5))
    assert hit == Said("nut", "", "hit", False, "0.75", "Found nut with 0.75, a hit")
    assert (other.truth, other.answer, other.verdict, other.wrong) == ("nut", "bolt", "other class", True)
    assert (alarm.verdict, alarm.wrong) == ("false alarm", True)
    assert (miss.truth, miss.answer, miss.verdict, miss.wrong) == ("bolt", "background", "missed", True)
    assert (nothing.verdict, nothing.wrong) == ("nothing there, nothing found", False)
    unread = {**row(run, 0), "predicted": None}
    assert SAID(run, unread).verdict == "not predicted"
    assert SAID(run, {**row(run, 0), "detection": None}).verdict == "no box to compare"


def test_the_overview_has_precision_and_recall_of_every_class(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = opened("1_Overview.py", home, monkeypatch)
    table = next(one.value for one in test.dataframe if "Precision" in one.value)
    assert table["Class"].tolist() == ["all", "nut", "bolt"]
    assert table["Found"].tolist() == [8, 5, 3] and table["Precision"][1].startswith("0.60 (")


def test_the_sample_page_shows_the_other_objects_of_the_picture(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(run.table["sample_id"][0])
    test = opened("3_Sample.py", home, monkeypatch, sample=here)
    assert "All objects of this picture" in [one.value for one in test.header]
    assert any("(shown here)" in one.value for one in test.markdown)
    opened("2_Gallery.py", home, monkeypatch)


def test_cells_lie_where_the_model_saw_them() -> None:
    squashed = geometry((64, 192), (32, 48), "squash")
    assert rectangles([(1, 2)], (4, 6), squashed) == [pytest.approx((2 / 6, 1 / 4, 3 / 6, 2 / 4))]
    cropped = geometry((64, 192), (32, 48), "fit-short")  # shows x from 48 to 144
    assert rectangles([(0, 0)], (4, 6), cropped) == [pytest.approx((48 / 192, 0, 64 / 192, 1 / 4))]
    padded = geometry((64, 192), (32, 48), "fit-long")  # 8 rows of padding above and below
    assert rectangles([(0, 0), (1, 0)], (4, 6), padded) == [
        pytest.approx((0, 0, 1 / 6, 0)), pytest.approx((0, 0, 1 / 6, 0.5))
    ]  # fmt: skip


def test_the_figure_draws_what_the_page_is_about_last_and_thickest() -> None:
    square = [0.1, 0.1, 0.4, 0.1, 0.4, 0.4, 0.1, 0.4]
    marks = [
        Marks("this", [square], [(0, 0, 0.5, 0.5)], True), Marks("that", [], [(0.5, 0.5, 1, 1)], False)
    ]  # fmt: skip
    figure = objects("data:,", (90, 120), marks)
    assert [trace.text for trace in figure.data] == ["that", "this", "this"]
    assert [trace.line.width for trace in figure.data] == [1.5, 3, 3]
    assert figure.layout.width / figure.layout.height == pytest.approx(120 / 90)
