"""Commands on damaged runs and with hostile names: one line and exit code 2, never a traceback."""

import json
import shutil
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli._say import say
from tests import damages
from tests.searched_run import searched, uses

FILES = damages.of_files(("manifest.json", "samples.parquet", "findings.json", "cover.npy", "heatmaps.npy"))
COMMANDS = (
    ("check", "RUN", "--fail-level", "3", "--max-background", "0.5", "--min-accuracy", "0.1"),
    ("findings", "RUN"),
    ("edit", "RUN", "sample-00003", "--out", "OUT"),
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched(tmp_path_factory.mktemp("whole"), (uses(statement="Heat\x1b[2J here."),))


@pytest.mark.parametrize("kind", ["garble", "empty", "pipe", "folder"])
def test_every_command_ends_in_one_line(
    kind: str, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, spoil in FILES.items():
        if not name.endswith(kind):
            continue
        run = tmp_path / name.split(".")[0] / whole.name
        shutil.copytree(whole, run)
        spoil(run)
        for command in COMMANDS:
            if command[0] == "findings" and "findings.json" in name:
                continue  # it makes that file anew
            given = {"RUN": str(run), "OUT": str(tmp_path / "out")}
            code = main([given.get(word, word) for word in command])
            said = capsys.readouterr().err.strip().splitlines()
            assert code in (0, 1, 2)
            assert code != 2 or ("expected " in said[-1] and "; found " in said[-1]), (command, said)
        assert main(["runs", "--runs", str(run.parent)]) == 0
        assert ("cannot be opened" in capsys.readouterr().err) == ("manifest" in name)
        shutil.rmtree(run.parent)


def test_the_broken_file_is_named(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(whole, tmp_path / "run")
    (tmp_path / "run" / "findings.json").write_text("[]")
    assert main(["check", str(tmp_path / "run"), "--fail-level", "3"]) == 2
    assert (
        "expected a findings.json that can be read; found findings.json cannot be used"
        in capsys.readouterr().err
    )


def test_names_move_no_cursor_and_fill_no_screen(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(whole), "--fail-level", "1"])
    assert "Heat?[2J here." in capsys.readouterr().out
    say("\x1b]0;title\x07" + "x" * 200_000 + "\nsecond")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and len(lines[0]) <= 4_000 and "\x1b" not in lines[0]


def test_runs_as_json_stays_json(whole: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["runs", "--runs", str(whole.parent), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["run_id"] == whole.name
