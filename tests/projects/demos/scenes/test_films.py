"""The chest demo: findings that come alone, boxes, a drain that goes with one, and the measured truth."""

import json
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Floats
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.findings.conclude.edit_tests import edit_tests
from gradcam_core.model import open_explainer
from gradcam_core.projects import open_project
from gradcam_core.projects.demos.catalogue import DEMOS, MODELS, SPLITS, TRUTH
from gradcam_core.projects.demos.drawing import draw_project
from gradcam_core.projects.demos.scenes import films
from tools.label_truth import flags_of, measure_labels

DEMO = DEMOS["chest"]
SEED = 5_000_003
SCENES = 16


def test_findings_come_alone_and_the_drain_with_one_of_them() -> None:
    scenes = list(DEMO.plan("train", 2000))
    there = flags_of(DEMO, scenes)
    drained = np.array([cue == "drain" for _, _, cue in scenes])
    np.testing.assert_allclose(there.mean(axis=0), films.COMMON, atol=0.04)
    assert np.abs(np.corrcoef(there.T) - np.eye(4)).max() < 0.08
    agrees = (there == drained[:, None]).mean(axis=0)
    assert agrees[3] == pytest.approx(0.95, abs=0.02) and agrees[:3].max() < 0.65
    assert (there.sum(axis=1) == 0).mean() > 0.1, "some films have no finding"


def test_boxes_are_those_of_the_drawn_findings() -> None:
    label = "effusion|nodule"
    scene = films.render(SEED, label, "none")
    assert [box.label for box in scene.boxes] == ["effusion", "nodule"]
    assert films.boxes(SEED, label) == scene.boxes and films.boxes(SEED, "none") == ()
    plain = films.render(SEED, "none", "none").picture.astype(int)
    changed = np.abs(scene.picture - plain).max(axis=2) > 12
    for box in scene.boxes:
        assert changed[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].any()


def test_the_drain_lies_off_the_top_of_the_lung() -> None:
    for seed in range(SEED, SEED + 6):
        first, second = (films.render(seed, films.DRAINED, cue) for cue in films.CUES)
        changed = (first.picture != second.picture).any(axis=2)
        assert 0.003 < changed.mean() < 0.05
        assert not changed[first.mask].any()


@pytest.mark.slow
def test_the_project_opens_with_sets_of_labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    found = open_project(draw_project(DEMO, 6))
    assert (found.task, found.class_names) == ("multi-label", films.CLASSES)
    planned = [label for _, label, _ in DEMO.plan("test", 6)]
    assert [one.label or "none" for one in found.samples] == planned
    boxes = [shape.label for region in found.regions.values() for shape in region.shapes]  # type: ignore[union-attr]
    assert sorted(boxes) == sorted(
        name for label in planned if label != "none" for name in label.split("|")
    )


@pytest.mark.slow
def test_the_measured_truth_is_reproduced() -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["chest"]
    explainer = open_explainer(MODELS / DEMO.model, engine="tensorflow")
    assert (explainer.info.outputs, explainer.info.activation) == (4, "sigmoid")

    def say(inputs: Floats) -> np.ndarray:
        return explainer.predict(inputs) > 0

    found = measure_labels(DEMO, say, SPLITS["hidden"], SCENES)
    low, high = found["reliance"]["interval"]
    assert low <= truth["reliance"]["share"] <= high
    assert truth["reliance"]["interval"][0] > 0.5, "the answer about the drained finding follows the drain"
    assert max(one["interval"][1] for one in truth["others"].values()) < 0.25


@pytest.mark.slow
def test_the_drain_alone_brings_its_finding_about_by_every_filler() -> None:
    """A thin tube of varying course: an average of many tubes is a smear, which the model does not see."""
    explainer = open_explainer(MODELS / DEMO.model, engine="tensorflow")
    own, count, size = films.CLASSES.index(films.DRAINED), 64, (128, 96)

    def predict(pictures: np.ndarray) -> np.ndarray:
        logit = explainer.predict((pictures[..., :1] / 255).astype(np.float32))[:, own]
        return np.stack([np.zeros_like(logit), logit], axis=1)

    pictures = np.stack(
        [films.render(SEED + n, "none", films.CUES[n % 2], size).picture for n in range(count)]
    )
    ids, place = tuple(f"film-{n:02d}" for n in range(count)), (0.31, 0.58, 0.62, 1.0)
    boxes = dict.fromkeys(ids[1::2], place)
    drain = Suspicion("fixed-marker/drained/data", "fixed-marker", "drained", tuple(boxes), boxes)
    scenes = Scenes(
        ids=ids,
        pictures=pictures,
        cover=np.full((count, 4, 4), np.nan, np.float32),
        region_source=("none",) * count,
        labels=np.arange(count) % 2,
        class_names=("other", "drained"),
        logits=predict(pictures),
        activation="softmax",
    )
    table = run_checks(scenes, predict, None, [drain], only=["patch-insertion"])
    (found,) = edit_tests(table, CHECKS)
    assert {one.filler for one in found.evidence} == {"crop", "average"}
    assert found.works and found.weakest.difference > 0.5
