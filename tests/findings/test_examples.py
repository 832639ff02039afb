"""Example pictures of findings: drawn again from their seeds, the same as the model was asked about."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.single import edit_one
from gradcam_core.findings.conclude.edit_tests import examples
from gradcam_core.findings.examples import FEW, chosen, write_examples
from gradcam_core.runs.examples import read_examples
from gradcam_core.runs.findings import Example, Finding
from tests.edits.made import BOX, by_corner, by_ground, draw, scenes_for, scenes_of, with_marker
from tests.findings.conclude.made import edit_tests

SWAP = "background-swap"


@pytest.fixture(scope="module")
def made() -> tuple[Scenes, pd.DataFrame]:
    scenes = scenes_for(by_ground)
    return scenes, run_checks(scenes, by_ground, None, (), budget=12, seed=4, only=[SWAP])


def finding(edits: pd.DataFrame) -> Finding:
    one = edits[edits["filler"] == "swap"].iloc[0]
    return Finding("background", 3, examples=(Example(one.sample_id, SWAP, "swap", "blue", "red"),))


def test_pictures_are_those_of_the_table(tmp_path: Path, made: tuple[Scenes, pd.DataFrame]) -> None:
    scenes, edits = made
    write_examples(tmp_path, [finding(edits)], edits, scenes, (), 4)
    found = read_examples(tmp_path)
    assert len(found) == FEW
    one = found[0]
    row = scenes.row_of[one.sample_id]
    again = {
        e.edit.arm: e
        for e in edit_one(scenes, row, by_ground, seed=4, only=[SWAP])
        if e.edit.filler == "swap"
    }
    for name, expected in (
        (one.original, scenes.pictures[row]),
        (one.edited, again["edit"].picture),
        (one.control, again["control"].picture),
    ):
        assert (np.asarray(Image.open(tmp_path / "examples" / name)) == expected).all()
    assert {one.before, one.after} == {"blue", "red"}
    assert one.finding == "background//"
    logits = by_ground(scenes.pictures[row : row + 1])[0].astype(float)
    assert one.share_before == pytest.approx((np.exp(logits) / np.exp(logits).sum()).max(), abs=1e-5)
    assert one.share_after < 0.5 < one.share_control


def test_a_new_search_replaces_the_old_examples(tmp_path: Path, made: tuple[Scenes, pd.DataFrame]) -> None:
    scenes, edits = made
    write_examples(tmp_path, [finding(edits)], edits, scenes, (), 4)
    write_examples(tmp_path, [Finding("border", 0)], edits, scenes, (), 4)
    assert read_examples(tmp_path) == ()
    assert [path.name for path in (tmp_path / "examples").iterdir()] == ["examples.json"]
    assert not list(tmp_path.glob(".examples"))


def test_what_is_damaged_or_gone_is_no_example(tmp_path: Path, made: tuple[Scenes, pd.DataFrame]) -> None:
    scenes, edits = made
    lost = Finding("background", 3, examples=(Example("gone", SWAP, "blur", None, None),))
    write_examples(tmp_path, [lost], edits, scenes, (), 4)
    assert read_examples(tmp_path) == ()
    (tmp_path / "examples" / "examples.json").write_text('[{"edit": 1}]')
    assert read_examples(tmp_path) == ()


def test_classes_take_turns_and_only_moved_samples_are_shown(made: tuple[Scenes, pd.DataFrame]) -> None:
    _, edits = made
    found = chosen(finding(edits), edits)
    assert [one.before for one in found] in (["blue", "red"] * 2, ["red", "blue"] * 2)
    moved = edits[edits["flipped"] & (edits["arm"] == "edit") & (edits["filler"] == "swap")]
    assert {one.sample_id for one in found} <= set(moved["sample_id"])
    assert chosen(Finding("background", 3), edits) == ()


@pytest.mark.parametrize(
    "named", [True, False], ids=["of the mark", "of a cue that every run is tested for"]
)
def test_marks_pasted_into_others_are_shown(tmp_path: Path, named: bool) -> None:
    """The finding names the samples that show the mark; those that it was pasted into are others."""
    pictures, _, labels = draw()
    shows = np.flatnonzero(labels)
    scenes = scenes_of(with_marker(pictures, shows), by_corner)
    ids = tuple(scenes.ids[row] for row in shows)
    flag = "fixed-marker" if named else "border"
    mark = Suspicion(f"{flag}/red/data", flag, "red", ids, dict.fromkeys(ids, BOX))
    edits = run_checks(scenes, by_corner, None, [mark], seed=2, only=["patch-insertion"])
    (test,) = edit_tests(edits)
    entry = Finding(
        flag, 3, "red", samples=ids, suspicion=mark.id if named else "", examples=examples(edits, test)
    )
    write_examples(tmp_path, [entry], edits, scenes, [mark], 2)
    found = read_examples(tmp_path)
    assert len(found) == FEW and {one.after for one in found} == {"red"}
    assert {one.sample_id for one in found}.isdisjoint(ids)


def test_an_anomaly_is_shown_by_its_score_and_no_probability(tmp_path: Path) -> None:
    def score(pictures: np.ndarray) -> np.ndarray:
        return ((pictures[..., 1].mean((1, 2)) - 101) / 5).astype(np.float32)[:, None]

    base = scenes_of(draw()[0], score, activation="sigmoid", class_names=("normal", "anomaly"))
    scenes = replace(base, threshold=3.0)
    edits = run_checks(scenes, score, None, (), budget=12, seed=4, only=[SWAP])
    write_examples(tmp_path, [finding(edits)], edits, scenes, (), 4)
    found = read_examples(tmp_path)
    assert {one.before for one in found} == {"normal", "anomaly"}
    for one in found:
        own = 3 + score(scenes.pictures[[scenes.row_of[one.sample_id]]])[0, 0]
        assert one.number == "anomaly score" and one.share_before == pytest.approx(own, abs=1e-4)
        assert (one.share_after >= 3) == (one.after == "anomaly") == (one.before == "normal")
