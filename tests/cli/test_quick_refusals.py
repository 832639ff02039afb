"""What can be refused without a network is refused before anything heavy is loaded."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.source_tree import ROOT

HEAVY = ("tensorflow", "keras", "tf_keras", "openvino", "ray")
SCRIPT = (
    "import sys\n"
    "from gradcam_core.__main__ import main\n"
    "code = main(sys.argv[1:])\n"
    f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    "raise SystemExit(code)\n"
)


def refused(*arguments: str) -> str:
    """The one line on standard error; nothing heavy was loaded, and the exit code is 2."""
    command = [sys.executable, "-c", SCRIPT, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 2, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == "[]"
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with one picture and no model."""
    path = tmp_path / "test" / "a" / "one.png"
    path.parent.mkdir(parents=True)
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path)
    return tmp_path


def test_a_wrong_path() -> None:
    assert "no_such_folder does not exist" in refused("inspect", "no_such_folder")


def test_a_missing_model(pictures: Path) -> None:
    assert "give it with --model" in refused("inspect", str(pictures))


def test_a_model_that_does_not_exist_is_noticed_before_pictures_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    line = refused("inspect", str(tmp_path / "empty"), "--model", "nowhere.keras")
    assert "nowhere.keras does not exist" in line


def test_a_file_that_is_no_model(pictures: Path) -> None:
    line = refused("inspect", str(pictures), "--model", str(pictures / "test" / "a" / "one.png"))
    assert "of no known kind" in line
