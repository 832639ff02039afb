"""Answers that were given elsewhere land on the right run and pictures, or are left out with a reason."""

from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import AuditError, RunError
from gradcam_core.runs.answered import answered
from gradcam_core.runs.content import content_hashes
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import contents
from tests.run_factory import Recipe, make_run

TIME = "2026-01-02T03:04:05Z"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return open_run(make_run(tmp_path, Recipe(n=6)))


def answers(run: Run, *samples: str) -> dict[str, Any]:
    hashes = content_hashes(run)
    acts = [
        {"sample": name, "hash": hashes[number], "verdict": "shortcut", "comment": "", "time": TIME}
        for number, name in enumerate(samples)
    ]  # fmt: skip
    return {"format": 1, "run": run.id, "reviewer": "Ana", "acts": acts}


@pytest.mark.parametrize("names", [("row:0", "row:1"), ("sample-00000", "sample-00001")])
def test_rows_and_ids_lead_to_the_same_samples(run: Run, names: tuple[str, str]) -> None:
    found = answered(run, answers(run, *names))
    assert [act.sample for act in found.acts] == ["sample-00000", "sample-00001"]
    assert found.left_out == {}
    now = contents(run, run.table, ["sample-00000"])
    assert found.acts[0].hash == now["sample-00000"]


def test_the_same_file_gives_the_same_acts(run: Run) -> None:
    first, second = (answered(run, answers(run, "row:0")).acts for _ in range(2))
    assert [act.id for act in first] == [act.id for act in second]


@pytest.mark.parametrize("name", ["row:6", "row:99999999999999999999", "row:-1", "row:", "row:²", "nobody"])
def test_what_is_no_sample_is_left_out(run: Run, name: str) -> None:
    assert dict(answered(run, answers(run, name)).left_out) == {name: "no sample of this run"}


def test_another_picture_under_the_same_name_is_left_out(run: Run) -> None:
    given = answers(run, "row:0", "row:1")
    (run.root / str(run.table["path"].iloc[1])).write_bytes(b"another")
    found = answered(run, given)
    assert [act.sample for act in found.acts] == ["sample-00000"]
    assert list(found.left_out) == ["row:1"]


def test_answers_on_another_run_and_other_files_are_refused(run: Run) -> None:
    with pytest.raises(RunError, match="answers on the run"):
        answered(run, {**answers(run, "row:0"), "run": "other"})
    with pytest.raises(AuditError, match="format"):
        answered(run, {"acts": []})
