"""Verdicts on the pages without a browser: what is taken, what is shown to whom, what the page says."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from gradcam_core.runs.filters import Filters
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import Placed, contents, finding_contents, reviews_of
from tests.run_factory import make_run
from tests.searched_run import LOOK, searched, uses
from tests.ui.app_pages import opened, sound, text_of
from ui import state
from ui.reviews import cards, filtered, record, shown

PAGE = "7_Verdicts.py"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))  # the pages read the projects below it
    return open_run(make_run(tmp_path))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session without a browser, whose reader is Ana."""
    kept: dict[str, Any] = {"reviewer": "Ana"}
    monkeypatch.setattr(state, "keep", kept.__setitem__)
    monkeypatch.setattr(state, "kept", kept.get)
    return kept


def give(run: Run, verdict: str, reviewer: str, *samples: str, **more: str) -> list[Act]:
    now = contents(run, run.table, samples)
    acts = [Act(run.name, name, now[name], reviewer, verdict, **more) for name in samples]  # type: ignore[arg-type]
    reviews_of(run).record_all(acts)
    return acts


def sent(number: int, sample: str = "sample-00001", **more: Any) -> dict[str, Any]:
    return {"id": f"act {number}", "sample": sample, "verdict": "unsure", **more}


def test_what_the_browser_sends_is_kept_once_in_its_order_and_told(
    run: Run, session: dict[str, Any]
) -> None:
    record.take(run, [sent(1), sent(2, verdict="shortcut", comment="hm")])
    record.take(run, [sent(2, verdict="shortcut", comment="hm"), sent(3, undoes="act 2", verdict="")])
    acts = reviews_of(run).acts(run.name)
    assert [act.id for act in acts] == ["act 1", "act 2", "act 3"]
    assert {(act.reviewer, act.run) for act in acts} == {("Ana", run.id)}
    assert [act.time for act in acts] == sorted({act.time for act in acts})
    assert set(record.outcome()[0]) == {"act 1", "act 2", "act 3"} and record.outcome()[1] == ""


@pytest.mark.parametrize(
    "nonsense",
    [
        None,
        "acts",
        [3],
        [{"id": "x"}],
        [sent(1, verdict=3)],
        [sent(1, comment="x" * 4001)],
        [sent(1, sample=" ")],
    ],
)
def test_nonsense_from_a_browser_is_no_act(run: Run, session: dict[str, Any], nonsense: Any) -> None:
    record.take(run, nonsense)
    assert reviews_of(run).count(run.name) == 0


def test_without_a_name_nothing_is_kept_and_the_name_is_asked(run: Run, session: dict[str, Any]) -> None:
    session["reviewer"] = ""
    record.take(run, [sent(1)])
    assert reviews_of(run).count(run.name) == 0 and session["reviewer_asked"]
    assert record.outcome() == ([], "")


def test_a_database_that_fails_is_said_and_the_act_is_not_confirmed(
    run: Run, session: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_REVIEWS_URL", "sqlite:////nowhere/at/all.sqlite")
    record.take(run, [sent(1)])
    saved, problem = record.outcome()
    assert saved == [] and "Not kept yet" in problem


def test_a_picture_that_cannot_be_read_gets_no_verdict_and_the_reader_is_told(
    run: Run, session: dict[str, Any]
) -> None:
    (run.root / "pictures" / "001.png").unlink()
    record.take(run, [sent(1), sent(2, "sample-00002")])
    saved, problem = record.outcome()
    assert set(saved) == {"act 1", "act 2"} and "cannot be read" in problem
    assert [act.id for act in reviews_of(run).acts(run.name)] == ["act 2"]


def test_both_readers_of_one_sample_are_shown_and_blind_hides_until_ones_own_is_given() -> None:
    acts = (Act("p", "s", "h", "Ana", "unsure"), Act("p", "s", "h", "Ben", "shortcut", "see"))
    placed = Placed(acts, (), ())
    (both,) = cards.of_samples(shown.seen(placed, {}, "Ana"), ["s"], "Ana").values()
    assert [one["verdict"] for one in both["mine"]] == ["unsure"]
    assert [(one["reviewer"], one["comment"]) for one in both["others"]] == [("Ben", "see")]
    blind = shown.seen(placed, {"blind": True}, "Cleo")
    (none,) = cards.of_samples(blind, ["s"], "Cleo").values()
    assert none["others"] == [] and none["hidden"] == 2
    assert len(shown.seen(placed, {"blind": True}, "Ana").now) == 2
    json.dumps(both, allow_nan=False)


def test_filters_by_verdict_and_reviewer_keep_the_order(run: Run, session: dict[str, Any]) -> None:
    give(run, "unsure", "Ana", "sample-00005", "sample-00001")
    give(run, "shortcut", "Ben", "sample-00005", "sample-00002")

    def ids(**fields: tuple[str, ...]) -> list[str]:
        rows = filtered.order(run, Filters(**fields), "sample_id", True)  # type: ignore[arg-type]
        return [str(name)[-1] for name in run.table["sample_id"].iloc[rows]]

    assert ids(verdicts=("unsure",)) == ["5", "1"]
    assert ids(reviewers=("Ben",)) == ["5", "2"]
    assert ids(verdicts=("unsure",), reviewers=("Ben",)) == []
    assert ids(verdicts=("unsure", "shortcut")) == ["5", "2", "1"]
    assert filtered.choices(run, Filters())[1] == ["Ana", "Ben"]


def test_filters_by_how_samples_were_judged(run: Run, session: dict[str, Any]) -> None:
    give(run, "unsure", "Ana", "sample-00005", "sample-00001")
    give(run, "shortcut", "Ben", "sample-00005", "sample-00002")

    def ids(*judging: str, **fields: tuple[str, ...]) -> set[str]:
        rows = filtered.order(run, Filters(judging=judging, **fields), "", False)  # type: ignore[arg-type]
        return {str(name)[-2:] for name in run.table["sample_id"].iloc[rows]}

    everything = {f"{row:02d}" for row in range(12)}
    assert ids("differently") == {"05"}
    assert ids("by nobody") == everything - {"01", "02", "05"}
    assert ids("not by you") == everything - {"01", "05"}
    assert ids("by nobody", "differently") == everything - {"01", "02"}
    assert ids("differently", verdicts=("label error",)) == set()
    reviews_of(run).set(run.name, "blind", True, "Ana")
    session["reviewer"] = "Cleo"
    assert ids("differently") == set(), "how others judged is hidden"
    assert ids("by nobody") == everything - {"01", "02", "05"}, "that they did is not"


def test_a_link_holds_filters_by_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = open_run(make_run(tmp_path))
    give(run, "unsure", "Ana", "sample-00005")
    test = opened("2_Gallery.py", tmp_path, monkeypatch, verdict="unsure", reviewer="Ana")
    labels = [button.label.replace("\\", "") for button in test.button]
    assert {"verdict unsure", "judged by Ana"} <= set(labels)
    assert any("**1** of 12" in entry.value for entry in test.markdown)
    nothing = opened("2_Gallery.py", tmp_path, monkeypatch, verdict="shortcut")
    assert "No sample meets all of these filters." in nothing.info[0].value


def test_the_page_shows_progress_agreement_and_what_to_talk_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(tmp_path, (uses(), LOOK))
    run = open_run(next((tmp_path / "runs").glob("*/manifest.json")).parent)
    found = read_findings(run.path)
    assert found is not None
    samples = [f"sample-{row:05d}" for row in range(12)]
    give(run, "unsure", "Ana", *samples)
    give(run, "unsure", "Ben", *samples[:6])
    give(run, "shortcut", "Ben", *samples[6:])
    key, content = next(iter(finding_contents(found.found).items()))
    for name, verdict in (("Ana", "shortcut"), ("Ben", "<b>unsure")):
        reviews_of(run).record_all([Act(run.name, key, content, name, verdict, kind="finding")])
    test = opened(PAGE, tmp_path, monkeypatch)
    assert [entry.value for entry in test.header][:3] == ["Progress", "Agreement", "To talk about"]
    assert "26 verdicts of 2 people on 13 samples and findings." in text_of(test)
    table = test.table[1].value.iloc[0]
    assert (table["Measure"], table["n"]) == ("Cohen's kappa", "13") and " to " in table["95 % interval"]
    listed = [entry.value for entry in test.markdown if "differ" in entry.value]
    assert len(listed) == 7 and "<b>unsure" not in listed[0]


def test_words_and_blind_reading_are_set_for_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = open_run(make_run(tmp_path))
    test = opened(PAGE, tmp_path, monkeypatch)
    test.toggle[0].set_value(True)
    sound(test.run())
    _word(test, 1, "tag")
    sound(test.run())
    assert reviews_of(run).settings(run.name)["blind"] is True
    assert reviews_of(run).settings(run.name)["words"][0] == "tag"
    _word(test, 1, "unsure")
    assert "four different words" in test.run().error[0].value


def _word(test: AppTest, number: int, word: str) -> None:
    next(one for one in test.text_input if one.label == f"Word on key {number}").set_value(word)
    next(one for one in test.button if one.label == "Use these words").click()


def test_a_finding_is_judged_on_its_card_once_the_name_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(tmp_path, (uses(),))
    run = open_run(next((tmp_path / "runs").glob("*/manifest.json")).parent)
    test = opened("5_Findings.py", tmp_path, monkeypatch)
    choice = next(one for one in test.button_group if one.label == "Your verdict on this finding")
    choice.set_value("shortcut")
    sound(test.run())
    assert reviews_of(run).count(run.name) == 0
    next(one for one in test.sidebar.text_input if one.label == "Your name").set_value("Ana")
    sound(test.run())
    (act,) = reviews_of(run).acts(run.name)
    assert (act.kind, act.verdict, act.reviewer) == ("finding", "shortcut", "Ana")
    reviews_of(run).record_all([Act(run.name, act.sample, act.hash, "Ben", "unsure", kind="finding")])
    assert "Ben: unsure" in text_of(sound(test.run()))
