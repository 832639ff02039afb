import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.door import open_run
from gradcam_core.runs.findings import Finding, write_findings
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.verdicts import contents, reviews_of
from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.writable import WritableStudio, writable
from tests.run_factory import Recipe, make_run

JUDGED = "sample-00003"


@pytest.fixture
def studio(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[WritableStudio]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("EI_API_KEY", toy.KEY)
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    with writable() as running:
        monkeypatch.setenv("EI_API_ENDPOINT", running.url)
        yield running


def audited(home: Path, ids: list[str], project: int = toy.PROJECT) -> Path:
    """A run of as many samples, fetched from the Studio under these numbers; one is judged."""
    recipe = Recipe(n=len(ids), finish=lambda table: table.assign(meta_edge_impulse_id=ids))
    opened = open_run(make_run(home, recipe))
    origin = {"host": "127.0.0.1", "project": {"id": project}}
    (opened.root / "edge-impulse.json").write_text(json.dumps(origin))
    write_findings(opened.path, [Finding("background", 3, samples=(JUDGED,))])
    content = contents(opened, opened.table, [JUDGED])[JUDGED]
    reviews_of(opened).record_all([Act("tiny", JUDGED, content, "Ana", "label error")])
    return opened.path


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return audited(tmp_path, [str(9000 + row) for row in range(toy.COUNT)])


def back(run: Path, *options: str) -> int:
    return main(["edge-impulse", "write-back", str(run), *options])


def test_it_is_shown_first_and_done_when_asked(
    run: Path, studio: WritableStudio, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--disable", "label error", "--move", "label error", "training")
    assert back(run, *asked) == 0
    assert "14 changes would be made; nothing was changed" in capsys.readouterr().out
    assert studio.calls == []
    assert back(run, *asked, "--write") == 0
    sample = studio.sample("9003")
    focus = open_run(run).table.set_index("sample_id")["background_focus"][JUDGED]
    assert sample["metadata"] == {
        "site": "site 0",
        "gradcam_background_focus": f"{focus:.2f}",
        "gradcam_finding": "Background, level 3 (the model uses it)",
        "gradcam_verdict": "label error",
        "gradcam_run": run.name,
    }
    assert sample["category"] == "training" and sample["isDisabled"]
    assert sum(one["isDisabled"] for one in studio.samples) == 1
    capsys.readouterr()
    assert back(run, *asked, "--write") == 0
    assert "nothing to change" in capsys.readouterr().out and len(studio.calls) == 14


def test_it_is_taken_back(run: Path, studio: WritableStudio, capsys: pytest.CaptureFixture[str]) -> None:
    before = [dict(one) for one in studio.samples]
    back(run, "--write", "--disable", "label error")
    capsys.readouterr()
    assert back(run, "--undo") == 0 and "13 changes would be made" in capsys.readouterr().out
    assert back(run, "--undo", "--write") == 0 and studio.samples == before
    assert toy.KEY not in "".join(one.read_text() for one in run.parent.parent.rglob("*.jsonl"))


def test_windows_of_a_sound_are_one_sample_and_what_is_gone_is_said(
    tmp_path: Path, studio: WritableStudio, capsys: pytest.CaptureFixture[str]
) -> None:
    run = audited(tmp_path, ["9001@0", "9001@500", "9002", "77"])
    assert back(run, "--json") == 0
    changes = json.loads(capsys.readouterr().out)
    assert [one["sample"] for one in changes] == ["9001", "9002"]
    highest = open_run(run).table["background_focus"][:2].max()
    assert changes[0]["after"]["gradcam_background_focus"] == f"{highest:.2f}"
    assert back(run, "--write") == 0
    assert "left alone: 77: no longer in the project" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ids", "project", "options", "said"),
    [
        (["testing/a.jpg"] * 4, toy.PROJECT, (), "without --via export"),
        (["9001"] * 4, 99, (), "a key of project 99"),
        (["9001"] * 4, toy.PROJECT, ("--disable", "shortcut"), "choose out of: label error"),
        (["9001"] * 4, toy.PROJECT, ("--move", "label error", "bin"), "a category out of"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(
    ids: list[str], project: int, options: tuple[str, ...], said: str,
    tmp_path: Path, studio: WritableStudio, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert back(audited(tmp_path, ids, project), "--write", *options) == 2
    assert said in capsys.readouterr().err and studio.calls == []
