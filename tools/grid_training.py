"""Train a demo's detector cell by cell, as FOMO is trained, and measure what it relies on."""

import numpy as np

from gradcam_core.demos import SPLITS, Demo
from gradcam_core.demos.grid_truth import measure_objects, targets_of

WEIGHT = 40.0
"""Of a cell with an object against one of the background, in the loss; FOMO's own default is 100."""


def train_grid(network, x: np.ndarray, truth: np.ndarray, recipe):
    """The network (which ends in logits) trained on cells, with a softmax behind them."""
    import keras

    flips = [(x, truth), (x[:, :, ::-1], truth[:, :, ::-1]), (x[:, ::-1], truth[:, ::-1])]
    x, truth = (np.concatenate(parts) for parts in zip(*flips, strict=True))
    weights = np.where(truth > 0, WEIGHT, 1.0).astype(np.float32)
    steps = recipe.epochs * -(-len(x) // 32)
    rate = keras.optimizers.schedules.CosineDecay(recipe.rate, steps)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(rate), loss)
    network.fit(x, truth, sample_weight=weights, batch_size=32, epochs=recipe.epochs, verbose=2)
    return keras.Model(network.inputs, keras.layers.Softmax()(network.outputs[0]), name=network.name)


def truths(demo: Demo, scenes: list, grid: tuple[int, int]) -> np.ndarray:
    """(N, h, w) what each cell should say."""
    return targets_of(demo, scenes, grid)


def truth_of_objects(demo: Demo, network, count: int, draw) -> dict:
    """What the answers about objects of hidden scenes follow."""

    def shares(inputs: np.ndarray) -> np.ndarray:
        return network.predict(inputs, batch_size=64, verbose=0)

    scenes = list(demo.plan("hidden", count))
    assert scenes[0][0] == SPLITS["hidden"]
    return measure_objects(demo, shares, scenes, draw)
