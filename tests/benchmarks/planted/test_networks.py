"""The networks end in the grid and head they are named after; training learns an easy case."""

from dataclasses import replace

import pytest

from benchmarks.planted.cases import CASES

tf = pytest.importorskip("tensorflow")
train = pytest.importorskip("benchmarks.planted.train")


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
