"""The image's entry point as its container runs it: same user, read-only root, the mounted folders."""

import json
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.boxed import can_box, run_boxed
from tests.projects.edge_impulse.container import mount
from tests.projects.edge_impulse.studio import Studio, serve
from tests.source_tree import ROOT

LINES = (ROOT / "deployment" / "Dockerfile").read_text().splitlines()
needs_a_box = pytest.mark.skipif(not can_box(), reason="user namespaces are not allowed here")


def told(word: str) -> str:
    """What stands behind the last instruction of this name."""
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")][-1]


def command() -> list[str]:
    """The entry point; the program of the wheel is this module."""
    entry = json.loads(told("ENTRYPOINT"))
    assert entry[0] == "gradcam-audit"
    return [sys.executable, "-m", "gradcam_core", *entry[1:]]


def environment(scratch: Path) -> dict[str, str]:
    """That of the Dockerfile, its /tmp being ``scratch``."""
    given = dict(one.split("=", 1) for one in told("ENV").split())
    paths = {name: value.replace("/tmp", str(scratch)) for name, value in given.items()}
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"}
    return {**here, **paths, "TMPDIR": str(scratch)}


def test_nobody_runs_as_root_and_the_image_holds_the_wheel_alone() -> None:
    assert told("USER") == "10001"
    last = len(LINES) - 1 - next(i for i, line in enumerate(LINES[::-1]) if line.startswith("FROM"))
    copied = [line for line in LINES[last:] if line.startswith("COPY")]
    assert copied == ["COPY requirements.lock ./", "COPY --from=wheel /wheels /wheels"]
    written = re.findall(r"=(/\S+)", told("ENV"))
    assert written and all(one.startswith("/tmp") for one in written)


@needs_a_box
def test_the_box_is_read_only_but_for_two_folders_and_not_root(tmp_path: Path) -> None:
    output, scratch = tmp_path / "out", tmp_path / "scratch"
    output.mkdir()
    scratch.mkdir()
    script = f"id -u; touch {output}/a; touch {scratch}/a; touch {tmp_path}/a; touch {ROOT}/a"
    done = run_boxed(["sh", "-c", script], output, scratch, os.environ, 20)
    assert done.stdout.strip() == "10001" and done.stderr.count("Read-only file system") == 2
    assert (output / "a").exists() and not list(scratch.iterdir())


@needs_a_box
@pytest.mark.slow
def test_the_block_audits_as_another_user_on_a_read_only_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toy.h5()
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with serve(Studio()) as studio:
        metadata = mount(tmp_path, studio)
        before = {path: path.read_bytes() for path in metadata.parent.rglob("*") if path.is_file()}
        asked = [*command(), "--metadata", str(metadata), "--findings", "0", "--pictures", "none"]
        output = tmp_path / "output"
        done = run_boxed([*asked, "--unknown", "1"], output, scratch, environment(scratch), 230)
    assert done.returncode == 0, done.stderr[-2000:]
    assert toy.KEY not in done.stdout + done.stderr
    assert [path.name for path in output.iterdir()] == ["deploy.zip"]
    with zipfile.ZipFile(output / "deploy.zip") as packed:
        assert {"summary.html", "samples.csv"} <= set(packed.namelist())
        assert not [name for name in packed.namelist() if toy.KEY.encode() in packed.read(name)]
    now = {path: path.read_bytes() for path in metadata.parent.rglob("*") if path.is_file()}
    assert now == before and not list(scratch.iterdir())
