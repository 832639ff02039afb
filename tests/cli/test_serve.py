"""``serve`` hands over to Streamlit, on the dashboard that belongs to this core."""

import os
import sys
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli import serve
from tests.source_tree import ROOT


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that took this process over, had they not been caught."""
    commands: list[list[str]] = []
    monkeypatch.setattr(serve.os, "execv", lambda _, command: commands.append(command))
    monkeypatch.setenv("GRADCAM_HOME", "")
    return commands


def test_port_and_home_reach_the_server(started: list[list[str]], tmp_path: Path) -> None:
    assert main(["serve", "--port", "8600", "--home", str(tmp_path)]) == 0
    assert started == [serve.command(8600)]
    assert started[0][-2:] == ["--server.port", "8600"]
    assert os.environ["GRADCAM_HOME"] == str(tmp_path)


def test_an_address_for_others_reaches_the_server(started: list[list[str]], tmp_path: Path) -> None:
    given = ["serve", "--home", str(tmp_path), "--address", "0.0.0.0", "--name", "a.example", "--name", "b"]
    assert main([*given, "--i-know"]) == 0
    options = " ".join(started[0]).partition("app.py ")[2]
    assert options == (
        "--server.address 0.0.0.0 --server.allowedHosts a.example --server.allowedHosts b "
        "--server.port 8501 -- --i-know"
    )


def test_without_options_the_home_is_the_current_folder(
    started: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GRADCAM_HOME")
    monkeypatch.chdir(tmp_path)
    assert main(["serve"]) == 0
    assert os.environ["GRADCAM_HOME"] == str(tmp_path)
    assert started == [serve.command(serve.PORT)]


def test_a_home_that_is_not_there_is_refused(
    started: list[list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--home", str(tmp_path / "none")]) == 2
    assert "expected a folder as --home" in capsys.readouterr().err
    assert not started


@pytest.mark.parametrize("port", ["0", "65536", "many"])
def test_a_port_that_no_server_can_have_is_refused(port: str, started: list[list[str]]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", "--port", port])
    assert caught.value.code == 2
    assert not started


def test_the_dashboard_of_a_checkout_is_its_top_folder() -> None:
    assert serve.dashboard() == ROOT


def test_usage_names_the_program_that_was_started(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for started_as, name in (("bin/gradcam-audit", "gradcam-audit"), ("x/__main__.py", "python -m")):
        monkeypatch.setattr(sys, "argv", [started_as])
        with pytest.raises(SystemExit):
            main(["serve", "--help"])
        assert capsys.readouterr().out.startswith(f"usage: {name}")
