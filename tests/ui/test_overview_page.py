"""The Overview on synthetic runs: the computed sentence, what is left out, what limits the reading."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.run_factory import Recipe, make_run
from tests.ui.app_pages import opened, text_of
from ui.prose import plain


def overview(home: Path, monkeypatch: pytest.MonkeyPatch, recipe: Recipe, **query: str) -> AppTest:
    make_run(home, recipe)
    return opened("1_Overview.py", home, monkeypatch, **query)


def test_the_page_says_what_was_audited_and_what_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = text_of(overview(tmp_path, monkeypatch, Recipe(n=60, every_unreadable=31)))
    assert "tiny · 60 samples · model.keras (keras 3)" in said
    assert "7×7" in said
    assert "1 could not be read" in said
    assert "Accuracy 75 %" in said
    assert "does not differ clearly between classes" in said or "On no class" in said


def test_a_skipped_sample_is_listed_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = overview(tmp_path, monkeypatch, Recipe(every_unreadable=6, every_empty=5))
    expander = next(entry for entry in test.expander if "without a map" in entry.label)
    assert expander.label == "4 samples without a map: 2 empty map, 2 unreadable"
    assert expander.dataframe[0].value["Reason"].str.contains("a picture file").sum() == 2


def test_a_coarse_grid_stays_said_until_finer_maps_are_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = overview(tmp_path, monkeypatch, Recipe(grid=(3, 3), fine=(6, 6)))
    assert plain("Read the fine maps (6×6) instead") in test.warning[0].value
    test.query_params["maps"] = "fine"
    test.run()
    assert not test.warning


def test_a_warning_of_what_was_understood_is_prominent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fact = {
        "name": "scaling",
        "value": "0..1",
        "origin": "guessed",
        "why": "",
        "warning": "-1..1 fits better",
    }
    test = overview(tmp_path, monkeypatch, Recipe(extra={"facts": [fact]}))
    assert "fits better" in test.warning[0].value
    assert any("1 guess among 1 fact" in entry.label for entry in test.expander)


@pytest.mark.parametrize(
    ("recipe", "said"),
    [
        ({"regions": False}, "Not scorable: no sample has an object region"),
        ({"every_unlabelled": 1}, "No sample has both a label and a prediction"),
    ],
)
def test_what_cannot_be_shown_is_explained(
    recipe: dict[str, Any], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = overview(tmp_path, monkeypatch, Recipe(**recipe))
    assert any(said in entry.value for entry in test.info)


def test_without_labels_the_rows_are_called_predicted_classes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = overview(tmp_path, monkeypatch, Recipe(every_unlabelled=1))
    assert "Attention outside the object, by predicted class" in [entry.value for entry in test.header]


def test_many_classes_are_cut_to_what_can_be_read_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classes = tuple(f"kind {i:03d}" for i in range(100))
    test = overview(tmp_path, monkeypatch, Recipe(n=300, classes=classes))
    said = text_of(test)
    assert "The 12 of 100 classes with the highest medians" in said
    assert "The 11 classes confused most often; the rest is summed up." in said
    assert len(test.multiselect[0].value) == 6


def test_the_score_lives_in_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    test = overview(tmp_path, monkeypatch, Recipe(), score="far")
    assert "further than one map cell" in text_of(test)
    test.query_params["score"] = "nonsense"
    test.run()
    assert not test.exception
    assert "0 is as tight on the object" in text_of(test)


def test_findings_are_shown_strongest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {
            "flag": "background",
            "level": 1,
            "label": None,
            "statement": "Heat <b>far</b>.",
            "effect": 0.2,
            "n": 40,
        },
        {
            "flag": "fixed-marker",
            "level": 3,
            "label": "dog",
            "statement": "It flips.",
            "effect": 0.1,
            "n": 84,
        },
        {"flag": "border", "level": 0, "label": None, "statement": "Nothing.", "effect": None, "n": 0},
    ]
    test = overview(tmp_path, monkeypatch, Recipe())
    assert "Not tested yet" in text_of(test)
    (run,) = (tmp_path / "runs").iterdir()
    (run / "findings.json").write_text(json.dumps({"findings": rows}))
    test.run()
    said = text_of(test)
    strong, weak = "Uses a marker at a fixed place for “dog”. n 84.", "Worth a look: the background. n 40."
    assert 0 < said.index(strong) < said.index(weak)
    assert "Looked for and not found" not in said and "Not testable here.</b> Border or ruler" in said
