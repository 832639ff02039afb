"""Train a demo's detector cell by cell, as FOMO is trained, and measure what it relies on."""

from collections.abc import Callable

import numpy as np

from gradcam_core.projects.demos.catalogue import MODELS, Demo
from tools.grid_truth import measure_objects, targets_of

WEIGHT = 40.0
"""Of a cell with an object against one of the background, in the loss; FOMO's own default is 100."""

Draw = Callable[[Demo, list[tuple[int, str, str]]], np.ndarray]


def make(demo: Demo, recipe, draw: Draw, hidden: int, seed: int) -> dict:
    """Train and save a detector that ends in a softmax; what its answers about hidden objects follow."""
    import keras

    from tools.demo_networks import NETWORKS

    keras.utils.set_random_seed(seed)
    network = NETWORKS[demo.name]()
    scenes = list(demo.plan("train", recipe.scenes))
    truth = targets_of(demo, scenes, network.output_shape[1:3])
    train(network, draw(demo, scenes), truth, recipe)
    network = keras.Model(network.inputs, keras.layers.Softmax()(network.outputs[0]), name=network.name)
    network.save(MODELS / demo.model)
    return measure_objects(
        demo,
        lambda x: network.predict(x, batch_size=64, verbose=0),
        list(demo.plan("hidden", hidden)),
        draw,
    )


def train(network, x: np.ndarray, truth: np.ndarray, recipe) -> None:
    """Fit the network, which ends in logits, on pictures as they are and turned over both ways."""
    import keras

    flips = [(x, truth), (x[:, :, ::-1], truth[:, :, ::-1]), (x[:, ::-1], truth[:, ::-1])]
    x, truth = (np.concatenate(parts) for parts in zip(*flips, strict=True))
    weights = np.where(truth > 0, WEIGHT, 1.0).astype(np.float32)
    steps = recipe.epochs * -(-len(x) // 32)
    rate = keras.optimizers.schedules.CosineDecay(recipe.rate, steps)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.Adam(rate), loss)
    network.fit(x, truth, sample_weight=weights, batch_size=32, epochs=recipe.epochs, verbose=2)
