"""One sample edited from the command line, with a stand-in model; who lends it backgrounds."""

import argparse
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Floats, Suspicion
from gradcam_core.cli import edit
from gradcam_core.findings.one_sample import MOST, chosen_rows, scenes_around, shares
from gradcam_core.model.contract import Explanation
from gradcam_core.runs.store import open_run
from gradcam_core.runs.suspicions import read_suspicions, write_suspicions
from tests.run_factory import Recipe, make_run

MARK = Suspicion(
    id="fixed-marker/cat/1",
    flag="fixed-marker",
    label="cat",
    samples=("sample-00000", "sample-00002"),
    boxes={"sample-00000": (0.0, 0.5, 0.25, 1.0)},
    patch=np.full((3, 5, 3), 200, np.uint8),
    statement="A spot.",
)


class Greenish:
    """Logits from the mean green of the network input."""

    def explain(self, inputs: Floats, **_: object) -> Explanation:
        score = (inputs[..., 1].mean((1, 2)) - 0.3) * 20
        logits = np.stack([-score, score], axis=1).astype(np.float32)
        return Explanation(logits, logits, logits.argmax(axis=1), {})


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
    monkeypatch.setattr(edit, "open_model", lambda *_: Greenish())
    out = tmp_path / "out"
    args = parsed(str(run_path), "sample-00003", "--out", str(out), "--json")
    assert args.run(args) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads((out / edit.RESULT).read_text())
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
        edit.edit_sample(open_run(run_path), sample, tmp_path)
    assert not (tmp_path / edit.RESULT).exists()


def test_a_picture_that_is_gone_is_named(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=4))
    (tmp_path / "projects" / "tiny" / "pictures" / "001.png").unlink()
    with pytest.raises(AuditError, match=r"pictures/001\.png"):
        scenes_around(open_run(path), "sample-00001")


def test_donors_come_in_turns_from_every_class_and_carriers_first() -> None:
    n = 400
    table = pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(n)],
            "label": ["rare" if row % 40 == 0 else "common" for row in range(n)],
            "predicted": "common",
            "status": ["unreadable" if row == 40 else "ok" for row in range(n)],
        }
    )
    rows = chosen_rows(table, 7, (Suspicion("a", "border", None, ("s3", "s5")),), 0)
    assert rows[0] == 7
    assert set(rows[1:3]) == {3, 5}
    assert len(set(rows)) == len(rows) <= MOST + 3
    assert set(range(0, n, 40)) - set(rows) == {40}


def test_a_run_without_regions_gets_estimates_or_none(tmp_path: Path) -> None:
    path = make_run(tmp_path, Recipe(n=6, regions=False, input=(48, 64, 3)))
    scenes, row = scenes_around(open_run(path), "sample-00002")
    assert scenes.ids[row] == "sample-00002"
    assert set(scenes.region_source) <= {"estimated", "none"}


def test_suspicions_survive_the_disk(tmp_path: Path) -> None:
    write_suspicions(tmp_path, (MARK,))
    (again,) = read_suspicions(tmp_path)
    assert again.patch is not None
    assert (again.patch == 200).all()
    assert again.patch.shape == (3, 5, 3)
    assert (again.id, again.label, again.boxes) == (MARK.id, "cat", MARK.boxes)
    (tmp_path / "suspicions" / "suspicions.json").write_text('[{"id": 3}]')
    assert read_suspicions(tmp_path) == ()
    assert read_suspicions(tmp_path / "nowhere") == ()


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


def test_lines_speak_of_outputs_where_there_are_no_classes() -> None:
    row = {
        "title": "Border cropped", "filler": "ring", "arm": "edit", "picture": "a.png",
        "predicted_before": None, "predicted_after": None, "margin_before": 3.25, "margin_after": 1.5,
    }  # fmt: skip
    said = edit.text({"edits": [row]})
    assert said == "Border cropped (ring, edit): output 3.25 -> 1.5, moved by -1.75  a.png"
    named = edit.text({"edits": [row | {"predicted_before": "cat", "predicted_after": "dog"}]})
    assert "cat +3.25 -> dog +1.50" in named
