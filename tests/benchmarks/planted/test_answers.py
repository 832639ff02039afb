"""Answers of any tool: read and written alike, refused in words, scored by what was measured."""

from pathlib import Path

import pytest

from benchmarks.planted import answers, licence, results
from benchmarks.planted.answers import Answer
from benchmarks.planted.results import Result


def project(name: str, reliance: float, found: list[dict[str, object]]) -> Result:
    planted = ["background"] if reliance > 0.5 else []
    facts = {"case": name, "folder": name, "flags": planted, "strength": 0.04}
    return Result({**facts, "reliance": {"all": reliance}, "tested": found})


def said(flag: str, level: int, effect: float | None) -> dict[str, object]:
    return {"flag": flag, "level": level, "effect": effect, "suspicion": ""}


TRUTH = [
    project("a", 0.9, [said("background", 3, 0.8)]),
    project("b", 1.0, [said("border", 3, 0.6), said("background", 1, None)]),
    project("c", 0.05, [said("background", 3, 0.2)]),
    project("d", 0.0, []),
    project("e", 0.4, [said("background", 2, 0.3)]),
]
OURS = [one for result in TRUTH for one in answers.of_row(result)]


def test_hits_names_and_false_alarms_are_counted_by_measured_reliance() -> None:
    score = answers.score(TRUTH, OURS)
    assert (score.hits.hits, score.hits.n) == (2, 2)
    assert (score.named.hits, score.named.n) == (1, 2)
    assert (score.false_alarms.hits, score.false_alarms.n) == (1, 2)
    assert score.area == 1.0
    assert score.ranks == pytest.approx(0.9)
    assert score.unanswered == 0


def test_silence_is_counted_and_an_unknown_project_refused() -> None:
    score = answers.score(TRUTH, [one for one in OURS if one.project != "a"])
    assert (score.unanswered, score.hits.hits) == (1, 1)
    with pytest.raises(ValueError, match="'z'"):
        answers.score(TRUTH, [Answer("z", "", "", 0, 0.0)])


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    answers.write(tmp_path / "new" / "ours.csv", OURS)
    assert answers.read(tmp_path / "new" / "ours.csv") == OURS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("project,cue,level,strength\n", "no place"),
        ("project,cue,place,level,strength\na,,,high,1\n", "line 2: expected numbers"),
        ("project,cue,place,level,strength\na,,,7,1\n", "found 7"),
        ("", "expected the columns"),
    ],
)
def test_a_malformed_file_is_refused_in_words(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        answers.read(path)


def test_the_command_writes_our_answers_and_scores_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRADCAM_BENCH_CACHE", str(tmp_path))
    for result in TRUTH:
        results.append(tmp_path / licence.ROWS, result.row)
    licence.main(["answers", "--write", str(tmp_path / "ours.csv")])
    licence.main(["score", str(tmp_path / "ours.csv")])
    assert "| ours | 2 of 2 (100 %, 16–100) | 1 of 2" in capsys.readouterr().out


def test_a_project_that_was_audited_again_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_BENCH_CACHE", str(tmp_path))
    for folder, level in (("old", 0), ("new", 3)):
        again = {**TRUTH[0].row, "folder": folder, "tested": [said("background", level, 0.5)]}
        results.append(tmp_path / licence.ROWS, again)
    assert [one.level() for one in licence.rows()] == [3]
