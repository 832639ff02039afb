"""A data set without a model, from the command line."""

import subprocess
import sys
from pathlib import Path

import pytest

from gradcam_core.__main__ import main
from tests.cli.cli_output import last_json
from tests.cli.test_quick_refusals import refused
from tests.findings.data.data_drawn import drawn, framed
from tests.source_tree import ROOT


@pytest.fixture(scope="module")
def flawed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Class folders without a model: framed cats, a test picture in training, a file that is none."""
    root, drawings = tmp_path_factory.mktemp("flawed"), tmp_path_factory.mktemp("drawings")
    for sample in drawn(drawings, framed).samples:
        target = root / "test" / str(sample.label) / sample.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((drawings / sample.path).read_bytes())
    (root / "train" / "dog").mkdir(parents=True)
    (root / "train" / "dog" / "seen.png").write_bytes((root / "test" / "cat" / "cat0.png").read_bytes())
    (root / "test" / "cat" / "bad.png").write_bytes(b"no picture")
    return root


def test_what_can_be_said_without_a_model(flawed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", str(flawed)]) == 0
    said = capsys.readouterr().out
    assert "62 samples (test 61, train 1), 0 unlabelled" in said
    assert "the label can be read from the outer ring of the picture alone: " in said
    assert "test/cat/cat0.png = train/dog/seen.png  (labels cat and dog, splits test and train)" in said
    assert "test/cat/bad.png: bad.png is not a picture" in said
    assert "only an audit of a model shows whether it does" in said


def test_the_same_as_json_and_for_the_test_pictures_alone(
    flawed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["data", str(flawed), "--json", "--samples-only"]) == 0
    found = last_json(capsys.readouterr().out)
    assert found["splits"] == {"test": 61} and found["pairs"] == []
    assert [one["path"] for one in found["unreadable"]] == ["test/cat/bad.png"]
    assert {one["name"]: one["clear"] for one in found["probes"]}["border"]


def test_loose_pictures_without_labels_are_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn(tmp_path, per_class=2)
    assert main(["data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "4 unlabelled" in said and "found no labels" in said and "no label " in said


def test_nothing_heavy_is_loaded_for_it(tmp_path: Path) -> None:
    assert "no_such_folder does not exist" in refused("data", "no_such_folder")
    drawn(tmp_path, per_class=1)
    script = (
        "import sys\nfrom gradcam_core.__main__ import main\n"
        "assert main(['data', sys.argv[1]]) == 0\n"
        "print([one for one in ('tensorflow', 'keras', 'openvino') if one in sys.modules])"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.stdout.strip().splitlines()[-1] == "[]", done.stderr[-1000:]
