"""The command that audits a project."""

import shutil
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.store import open_run
from tests.cli.cli_output import last_json
from tools.same_runs import differences


@pytest.mark.parametrize(
    ("arguments", "column", "expected"),
    [
        (["--explain", "light"], "explained", {"light"}),
        (["--explain", "true", "--maps", "classic"], "explained", {"dark", "light"}),
        (["--method", "layer-cam", "--maps", "classic"], "status", {"ok", "unreadable", "empty map"}),
        (["--pooling", "sum_abs", "--maps", "classic"], "reason", None),
        (["--layer", "middle", "--maps", "classic"], "status", {"ok", "unreadable", "empty map"}),
        (["--maps", "fine"], "status", {"ok", "unreadable", "empty map"}),
    ],
)
def test_choices(
    arguments: list[str], column: str, expected: set[str] | None, tiny_project: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    code = main(["audit", str(tiny_project), "--runs", str(tmp_path), "--json", *arguments])
    assert code == 0
    out = last_json(capsys.readouterr().out)
    found = open_run(Path(out["run"]))
    values = set(found.table[column].dropna())
    assert values <= expected if expected else "not scored" in " ".join(values)
    if "sum_abs" in arguments:
        assert found.table["background_focus"].isna().all()
        assert found.manifest["maps"]["classic"]["class_specific"] is False
    if "fine" in arguments:
        assert found.map_sets == ("fine",)
        assert found.table["fine_border_focus"].notna().any()


@pytest.mark.parametrize(
    ("change", "arguments", "words"),
    [
        ("no model", [], ["a model in", "--model"]),
        ("no pictures", [], ["network without pictures", "--images"]),
        ("third class", [], ["model for 3 classes", "2 outputs", "--labels"]),
        (None, ["--layer", "nowhere"], ["nowhere", "top"]),
        (None, ["--explain", "purple"], ["predicted, true or a class out of: dark, light", "purple"]),
        (None, ["--channels", "1"], ["1 input channels", "model with 3"]),
        (None, ["--method", "layer-cam", "--pooling", "sum_abs"], ["choice of grad-cam"]),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(
    change: str | None, arguments: list[str], words: list[str], tiny_project: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    project = tmp_path / "project"
    shutil.copytree(tiny_project, project)
    if change == "no model":
        (project / "model.keras").unlink()
    elif change == "no pictures":
        shutil.rmtree(project / "testing")
    elif change == "third class":
        shutil.copytree(project / "testing" / "dark", project / "testing" / "grey")
    assert main(["audit", str(project), "--runs", str(tmp_path / "runs"), *arguments]) == 2
    line = capsys.readouterr().err.strip().splitlines()[-1]
    assert all(word in line for word in words), line
    assert not list(tmp_path.glob("runs/*")), "nothing half-written is left"


def test_find_in_one_process_is_what_two_commands_find(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = []
    for name, find in (("apart", []), ("one", ["--find"])):
        assert main(["audit", str(tiny_project), "--runs", str(tmp_path / name), "--json", *find]) == 0
        paths.append(Path(last_json(capsys.readouterr().out)["run"]))
    assert main(["findings", str(paths[0]), "--edits"]) == 0
    assert list(differences(*paths)) == []


def test_find_says_the_headline_and_every_finding(
    tiny_project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["audit", str(tiny_project), "--runs", str(tmp_path), "--maps", "classic", "--find"]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    (run,) = tmp_path.iterdir()
    searched = read_findings(run)
    assert searched is not None
    assert all(one.statement in out for one in searched.found)
    assert f"run: {run}" in out
