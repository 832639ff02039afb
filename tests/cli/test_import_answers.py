"""import-answers: what is added, what is left out, what is refused."""

import json
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.content import content_hashes
from gradcam_core.runs.door import open_run
from tests.run_factory import Recipe, make_run


def test_answers_are_added_once_and_are_verdicts_of_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    opened = open_run(path)
    act = {
        "sample": "row:2",
        "hash": content_hashes(opened)[2],
        "verdict": "unsure",
        "time": "2026-01-02T03:04:05Z",
    }
    file = tmp_path / "answers.json"
    file.write_text(
        json.dumps(
            {"format": 1, "run": opened.id, "reviewer": "Ana", "acts": [act, {**act, "sample": "row:9"}]}
        )
    )
    assert main(["import-answers", str(path), str(file)]) == 0
    said = capsys.readouterr()
    assert said.out == "1 verdicts of Ana added\n"
    assert said.err == "left out: row:9: no sample of this run\n"
    assert main(["import-answers", str(path), str(file)]) == 0
    assert capsys.readouterr().out == "0 verdicts of Ana added, 1 were there already\n"
    assert open_run(path).verdicts[["sample_id", "reviewer", "verdict"]].to_numpy().tolist() == [
        ["sample-00002", "Ana", "unsure"]
    ]


def test_a_damaged_file_is_a_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "answers.json").write_text("{")
    assert (
        main(["import-answers", str(make_run(tmp_path, Recipe(n=4))), str(tmp_path / "answers.json")]) == 2
    )
    assert "expected answers as JSON" in capsys.readouterr().err
