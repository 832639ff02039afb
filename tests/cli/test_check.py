"""The command check: one line per bar, an exit code, and a JUnit file."""

from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.run_factory import Recipe, make_run


@pytest.mark.parametrize(("limit", "code", "word"), [("1", 0, "ok    "), ("0", 1, "BROKEN")])
def test_the_exit_code_says_whether_all_bars_hold(
    limit: str, code: int, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, report = make_run(tmp_path, Recipe(n=4)), tmp_path / "junit.xml"
    bars = ["--max-background", limit, "--max-unreadable", "1"]
    assert main(["check", str(run), *bars, "--junit", str(report)]) == code
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{word} max-background: measured ")
    assert second == "ok     max-unreadable: measured 0.000, bar 1"
    assert report.read_text().count("<testcase") == 2


def test_no_bar_is_an_error_and_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(make_run(tmp_path, Recipe(n=4)))]) == 2
    assert "at least one bar" in capsys.readouterr().err
