"""One sample edited from the command line, with a stand-in model."""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Floats
from gradcam_core.cli import edit
from gradcam_core.findings import one_sample
from gradcam_core.findings.one_sample import shares
from gradcam_core.runs.store import open_run
from tests.run_factory import Recipe, make_run


class Greenish:
    """Logits from the mean green of the network input."""

    def answers(self, inputs: Floats) -> tuple[Floats, Floats]:
        score = (inputs[..., 1].mean((1, 2)) - 0.3) * 20
        logits = np.stack([-score, score], axis=1).astype(np.float32)
        return logits, logits


@pytest.fixture(scope="module")
def run_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    recipe = Recipe(n=30, every_unreadable=15, input=(48, 64, 3))
    return make_run(tmp_path_factory.mktemp("home"), recipe)


def parsed(*arguments: str) -> argparse.Namespace:
    top = argparse.ArgumentParser()
    edit.add_parser(top.add_subparsers())
    return top.parse_args(["edit", *arguments])


def test_the_command_writes_pictures_and_says_what_moved(
    run_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one_sample, "open_model", lambda *_: Greenish())
    out = tmp_path / "out"
    args = parsed(str(run_path), "sample-00003", "--out", str(out), "--json")
    assert args.run(args) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / one_sample.RESULT).read_text())
    assert said["classes"] == ["cat", "dog"]
    assert sum(said["before"]["shares"]) == pytest.approx(1)
    assert {row["arm"] for row in said["edits"]} == {"edit", "control"}
    assert {"background-swap", "object-removal"} <= {row["edit"] for row in said["edits"]}
    for row in said["edits"]:
        assert Image.open(out / row["picture"]).size == (64, 48)
    assert Image.open(out / said["original"]).size == (64, 48)


@pytest.mark.parametrize(
    ("sample", "expected"),
    [("gone", "the id of a sample of this run"), ("sample-00014", "a sample that the model has seen")],
)
def test_a_sample_that_cannot_be_edited_is_refused(
    sample: str, expected: str, run_path: Path, tmp_path: Path
) -> None:
    with pytest.raises(AuditError, match=expected):
        one_sample.edit_sample(open_run(run_path), sample, tmp_path)
    assert not (tmp_path / one_sample.RESULT).exists()


@pytest.mark.parametrize(
    ("logits", "activation", "expected"),
    [
        ([0.0, math.log(3)], "softmax", [0.25, 0.75]),
        ([math.log(3)], "sigmoid", [0.25, 0.75]),
        ([0.0, math.log(3)], "sigmoid", [0.5, 0.75]),
        ([4.2], "linear", None),
    ],
)
def test_probabilities_by_head(logits: list[float], activation: str, expected: list[float] | None) -> None:
    found = shares(np.array(logits, np.float32), activation)
    assert found == (None if expected is None else pytest.approx(expected))
