"""The networks end in the grid and head they are named after; training learns an easy case."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.planted.cases import CASES
from benchmarks.planted.render import render_all
from benchmarks.planted.scene import scenes

tf = pytest.importorskip("tensorflow")
train = pytest.importorskip("benchmarks.planted.train")
backbone = pytest.importorskip("benchmarks.planted.backbone")


@pytest.mark.parametrize("net", train.NETS, ids=str)
def test_last_convolution_has_the_nets_grid(net: "train.Net") -> None:
    model = train.build(net, 3)
    last = [layer for layer in model.layers if isinstance(layer, tf.keras.layers.Conv2D)][-1]
    assert tuple(last.output.shape) == (None, net.grid, net.grid, 64)
    pooled = isinstance(model.layers[-2], tf.keras.layers.GlobalAveragePooling2D)
    assert (net.head == "pooled") == pooled
    assert tuple(model.outputs[0].shape) == (None, 3)


def test_all_shapes_occur_and_a_fixed_grid_is_kept() -> None:
    seen = {train.net_for(case, seed) for case in CASES.values() for seed in range(3)}
    assert seen == set(train.NETS)
    assert {train.net_for(CASES["K6-centred-coarse"], seed).grid for seed in range(5)} == {4}


def test_training_learns_a_certain_cue_and_repeats_itself() -> None:
    case = replace(CASES["01-background-100"], core=1.0)
    net = train.Net(24, 3, "pooled")
    first, again = (train.train(case, 3, net, train.Effort(160, 6)) for _ in range(2))
    assert first.history.history["accuracy"][-1] > 0.9
    for one, two in zip(first.get_weights(), again.get_weights(), strict=True):
        assert one == pytest.approx(two, abs=1e-4)


@pytest.mark.parametrize("classes", [2, 3])
def test_a_head_learns_its_case_and_leaves_the_backbone_alone(classes: int) -> None:
    case = replace(CASES["01-background-100"], core=1.0, classes=classes)
    net = train.Net(24, 3, "flatten")
    trunk = train.build(net, 22, "sigmoid")
    before = [weights.copy() for weights in trunk.get_weights()[:-2]]
    model = backbone.with_head(case, 7, net, 120, trunk)
    drawn = list(scenes(case, "train", 120, 7))
    said = model.predict(render_all(drawn, case, 24)[0] / np.float32(255), verbose=0)
    assert said.shape == (120, classes)
    assert said.sum(axis=1) == pytest.approx(1, abs=1e-5)
    speaks = np.array([scene.cues[0] for scene in drawn])
    assert ((said.argmax(axis=1) == classes - 1) == speaks).mean() > 0.9
    for one, two in zip(before, model.get_weights()[:-2], strict=True):
        assert np.array_equal(one, two)


def test_a_backbone_is_trained_once_and_found_again(tmp_path: Path) -> None:
    net = train.Net(24, 3, "pooled")
    made = backbone.backbone(net, tmp_path, train.Effort(32, 1))
    (file,) = tmp_path.iterdir()
    changed = file.stat().st_mtime_ns
    again = backbone.backbone(net, tmp_path)
    assert file.stat().st_mtime_ns == changed
    assert all(map(np.array_equal, made.get_weights(), again.get_weights()))
