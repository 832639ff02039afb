"""The command that writes a report, and the same from Python."""

from pathlib import Path

import pytest

import gradcam_core as gc
from gradcam_core.__main__ import main
from gradcam_core.base.errors import AuditError, RunError
from tests.cli.cli_output import last_json
from tests.searched_run import QUIET, searched, uses


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return searched(tmp_path_factory.mktemp("home"), (uses(), QUIET))


def test_one_file_and_its_size(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.html"
    assert main(["report", str(run), "-o", str(target), "--samples", "5", "--json"]) == 0
    said = last_json(capsys.readouterr().out)
    assert said == {"report": str(target), "bytes": target.stat().st_size}
    assert "5 of 80 samples" in target.read_text() and list(tmp_path.iterdir()) == [target]
    assert gc.report(run, tmp_path / "y.html", samples=5) == tmp_path / "y.html"
    assert (tmp_path / "y.html").read_bytes() == target.read_bytes()
    assert gc.report(gc.open_run(run), tmp_path / "z.html", audience="owner").is_file()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "x.pdf"], "ends in .html"),
        (["-o", "x.html", "--samples", "-1"], "from 0"),
        (["-o", "x.html", "--megabytes", "0"], "from 0.2 MB"),
        (["-o", "x.html", "--megabytes", "nan"], "from 0.2 MB"),
        (["-o", "x.html", "--where", "label=mouse"], "does not occur"),
        (["-o", "nowhere/x.html", "--samples", "0"], "nowhere"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arguments: list[str], said: str, run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(run), *arguments]) == 2
    assert said in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_errors_of_the_python_function(run: Path, tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="a report for: all, owner, reader"):
        gc.report(run, tmp_path / "x.html", audience="boss")  # type: ignore[arg-type]
    with pytest.raises(RunError):
        gc.report(tmp_path / "nothing", tmp_path / "x.html")
