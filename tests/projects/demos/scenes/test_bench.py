"""The bench demo: boxes, cues of one object alone, the project's files, and the measured truth again."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import softmax

from gradcam_core.base.types import Box, Floats
from gradcam_core.model import open_explainer
from gradcam_core.projects import open_project
from gradcam_core.projects.demos.catalogue import DEMOS, MODELS, SPLITS, TRUTH
from gradcam_core.projects.demos.drawing import draw_project
from gradcam_core.projects.demos.scenes import bench
from tools.grid_truth import cell_of, measure_objects, targets_of

DEMO = DEMOS["bench"]
SEED = 5_000_003
SCENES = 16


def test_boxes_are_those_of_the_drawn_objects() -> None:
    scene = bench.render(SEED, "nut,washer,nut", "none,sticker,none")
    assert [box.label for box in scene.boxes] == ["nut", "washer", "nut"]
    assert bench.boxes(SEED, "nut,washer,nut") == scene.boxes
    rest = scene.mask.copy()
    for box in scene.boxes:
        inside = np.s_[int(box.top) : int(box.bottom), int(box.left) : int(box.right)]
        assert scene.mask[inside].any(axis=0).all() and scene.mask[inside].any(axis=1).all()
        rest[inside] = False
    assert not rest.any()


def test_one_object_s_sticker_changes_nothing_but_its_own_place() -> None:
    first, second = (bench.render(SEED, "nut,washer", cue) for cue in ("none,none", "sticker,none"))
    rows, columns = np.nonzero((first.picture != second.picture).any(axis=2))
    assert 0 < len(rows) < 0.01 * first.mask.size
    box = first.boxes[0]
    far = np.hypot(rows - (box.top + box.bottom) / 2, columns - (box.left + box.right) / 2)
    assert far.min() > 14 and far.max() < 36  # pixels of 192
    np.testing.assert_array_equal(first.mask, second.mask)


def test_cues_go_with_classes_but_for_the_planned_share() -> None:
    pairs = [
        (kind == "washer") != (cue == "sticker")
        for _, label, cues in DEMO.plan("train", 600)
        for kind, cue in zip(label.split(","), cues.split(","), strict=True)
    ]
    assert np.mean(pairs) == pytest.approx(0.05, abs=0.015)


def test_a_cell_is_taught_the_class_whose_centre_it_holds() -> None:
    assert cell_of(Box(20, 100, 40, 120), (192, 192), (12, 12)) == (6, 1)
    ((seed, label, cue),) = list(DEMO.plan("train", 1))
    truth = targets_of(DEMO, [(seed, label, cue)], (12, 12))[0]
    assert np.count_nonzero(truth) == len(label.split(","))


def test_the_project_opens_with_boxes_and_grid_classes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADCAM_HOME", str(tmp_path))
    folder = draw_project(DEMO, 6)
    found = open_project(folder)
    assert (found.task, found.class_names) == ("object-detection", ("nut", "washer"))
    assert len(found.samples) == 6 and {one.label for one in found.samples} == {None}
    boxes = [shape.label for region in found.regions.values() for shape in region.shapes]
    planned = [kind for _, label, _ in DEMO.plan("test", 6) for kind in label.split(",")]
    assert sorted(boxes) == sorted(planned)


def test_the_measured_truth_is_reproduced() -> None:
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["bench"]
    explainer = open_explainer(MODELS / DEMO.model, engine="tensorflow")
    assert explainer.info.output_grid == (12, 12)

    def shares(inputs: Floats) -> np.ndarray:
        return softmax(explainer.predict(inputs).reshape(-1, 12, 12, 3), axis=-1)

    scenes = list(DEMO.plan("hidden", SCENES))
    assert scenes[0][0] == SPLITS["hidden"] == truth["hidden_seeds"][0]
    found = measure_objects(DEMO, shares, scenes)
    for kind in ("reliance", "follows", "found"):
        low, high = found[kind]["interval"]
        assert low <= truth[kind]["share"] <= high, kind
    assert truth["reliance"]["interval"][0] > 0.5, "most answers follow the sticker alone"
    assert (MODELS / DEMO.model).stat().st_size < 300_000
