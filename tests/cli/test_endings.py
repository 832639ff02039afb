"""How a command ends when it is stopped or the disk is full: one line, and nothing half-written."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from gradcam_core.cli import runs

WRITING = """
import signal, sys, time
from pathlib import Path
from gradcam_core import __main__
from gradcam_core.cli import runs
from gradcam_core.runs.writing import RunWriter

def run(args):
    with RunWriter(args.runs, "one", 3) as writer:
        writer.array("logits.npy", (2,))
        print("writing", flush=True)
        time.sleep(60)

signal.signal(signal.SIGINT, signal.default_int_handler)  # jobs in the background start deaf to it
runs.run = run
sys.exit(__main__.main())
"""


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_command_that_is_stopped_removes_what_it_had_begun(
    sent: signal.Signals, code: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", WRITING, "runs", "--runs", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        process.send_signal(sent)
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (code, "stopped; what was not finished is removed\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "todo"), [(errno.ENOSPC, "make room there"), (errno.EACCES, "check path and rights")]
)
def test_a_disk_that_fails_is_one_line_with_its_cause(
    number: int, todo: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(_: object) -> int:
        raise OSError(number, os.strerror(number), "/some/place")

    monkeypatch.setattr(runs, "run", run)
    assert main(["runs"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"/some/place; found {os.strerror(number)}; to do: {todo}" in said
