"""Pages of a run with several labels per picture: words, counts per class, bars, links."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.store import Run, open_run
from gradcam_core.tasks.multi_label import presence
from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import opened
from ui import data
from ui.readings import READINGS, Row, Said, multi_label

CLASSES = ("cat", "dog", "absent")
SAID = READINGS["multi-label"].said
PAIRS = [("cat", "cat"), ("dog", "dog"), ("cat", "absent"), ("absent", "dog"), ("absent",) * 2]
PICTURES = [("cat|dog", "cat|dog")] * 2 + [("cat", "dog")] * 2 + [("", "")]


def columns(table: pd.DataFrame) -> pd.DataFrame:
    """Five rows of three pictures: all right, one missed and one false alarm, nothing."""
    rows = [row % 5 for row in range(len(table))]
    labels, said = zip(*[PAIRS[row] for row in rows], strict=True)
    return table.assign(
        label=labels,
        predicted=said,
        correct=[a == b for a, b in zip(labels, said, strict=True)],
        presence=[presence(a, b) for a, b in zip(labels, said, strict=True)],
        own_class=[("cat", "dog", "cat", "dog", "cat")[row] for row in rows],
        picture=[f"picture {number // 5}-{(0, 0, 1, 1, 2)[row]}" for number, row in enumerate(rows)],
        labels=[PICTURES[row][0] for row in rows],
        answers=[PICTURES[row][1] for row in rows],
        score=0.75,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    plain = open_run(make_run(home / "other", Recipe(name="sets", classes=CLASSES))).manifest
    project = {**plain["project"], "task": "multi-label", "root": str(home / "projects" / "sets")}
    extra = {"project": project, "model": {**plain["model"], "activation": "sigmoid"}}
    recipe = Recipe(n=15, name="sets", classes=CLASSES, finish=columns, metadata=False, extra=extra)
    make_run(home, recipe)
    return home


@pytest.fixture(scope="module")
def run(home: Path) -> Run:
    return open_run(next((home / "runs").iterdir()))


def row(run: Run, place: int) -> Row:
    return data.records(run, np.array([place]))[0]


def test_words_of_each_kind(run: Run) -> None:
    hit, _, miss, alarm, nothing = (SAID(run, row(run, place)) for place in range(5))
    assert hit == Said("cat", "", "hit", False, "0.75", "Truly cat, said with 0.75, a hit")
    assert (miss.truth, miss.answer, miss.verdict, miss.wrong) == ("cat", "not said", "missed", True)
    assert (alarm.truth, alarm.answer, alarm.wrong) == ("absent", "dog", True)
    assert (nothing.verdict, nothing.wrong) == ("nothing there, nothing said", False)
    assert SAID(run, {**row(run, 0), "presence": None}).verdict == "no label to compare"
    assert SAID(run, {**row(run, 0), "predicted": None}).verdict == "not predicted"


def test_bars_are_each_for_itself(run: Run) -> None:
    bars = multi_label.bars(run, 0, row(run, 0))
    logits = np.asarray(run.array("logits.npy")[0], dtype=float)
    assert [bar["name"] for bar in bars] == ["cat", "dog"]
    np.testing.assert_allclose([bar["share"] for bar in bars], 1 / (1 + np.exp(-logits[:2])))
    assert "true" in bars[0]["role"] and "this row" in bars[0]["role"]
    assert "this row" not in bars[1]["role"]


def test_facts_tell_all_labels_and_answers(run: Run) -> None:
    assert dict(multi_label.facts(run, row(run, 2)))["Answers"] == "dog"
    assert dict(multi_label.facts(run, row(run, 4)))["Labels"] == "nothing"


def test_the_overview_counts_pictures_per_class(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("1_Overview.py", home, monkeypatch)
    text = " ".join(str(block.value) for block in app.markdown)
    assert "of 9 pictures" in text
    (table,) = (one.value for one in app.dataframe if "Right absences" in one.value.columns)
    assert table["Class"].tolist() == ["cat", "dog"]
    np.testing.assert_array_equal(table[["Hits", "Misses", "False alarms"]], [[3, 3, 0], [3, 0, 3]])
    assert set(table["Right absences"]) == {3}


def test_the_sample_page_shows_the_other_classes_of_the_picture(
    home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = str(run.table["sample_id"][0])
    test = opened("3_Sample.py", home, monkeypatch, sample=here)
    assert "All classes of this picture" in [one.value for one in test.header]
    assert any("(shown here)" in one.value for one in test.markdown)
    opened("2_Gallery.py", home, monkeypatch)
