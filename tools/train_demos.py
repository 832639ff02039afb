"""Train the demo models from their seeds and measure what they rely on.

python -m tools.train_demos [pets] [xray] [clean] [tiles] [defects] [keywords] [bench] [fixed]

Writes gradcam_core/demos/models/: the models, and truth.json with the measured reliance. Training on
another processor gives other weights; the numbers are measured again for whatever was trained.
"""

import argparse
import json
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from gradcam_core.base.files import write_json
from gradcam_core.projects.demos.catalogue import (
    DEMOS,
    MODELS,
    RENDERER_VERSION,
    SPLITS,
    TRUTH,
    Demo,
    find_demo,
)
from tools import grid_training, patterns
from tools.detect import demo_detector
from tools.measure import draw_inputs, measure, measure_numbers, share

SEED = 7
HIDDEN = 300


@dataclass(frozen=True)
class Recipe:
    """How one model is trained; ``mirror`` adds mirrored pictures."""

    scenes: int
    epochs: int
    rate: float
    mirror: bool


RECIPES = {
    "pets": Recipe(1000, 4, 2e-3, True),
    "xray": Recipe(1000, 10, 1.5e-3, False),
    "clean": Recipe(4000, 9, 3e-3, True),
    "tiles": Recipe(1500, 6, 3e-3, False),
    "defects": Recipe(1000, 16, 3e-3, False),
    "keywords": Recipe(1000, 8, 2e-3, False),
    "bench": Recipe(800, 14, 4e-3, True),
}

SHARED = {"fixed": "clean"}
"""Demo -> the demo whose model it shows on other pictures: nothing is trained for it, all is measured."""


class Studio:
    """Draws scenes in parallel."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self.pool = pool

    def draw(self, demo: Demo, scenes: list[tuple[int, str, str]]) -> np.ndarray:
        """Model inputs of the scenes."""
        parts = [scenes[start : start + 25] for start in range(0, len(scenes), 25)]
        return np.concatenate(list(self.pool.map(_draw, [demo.name] * len(parts), parts)))

    def split(self, demo: Demo, split: str, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Inputs and class indices of a split."""
        plan = list(demo.plan(split, count))
        truth = [demo.classes.index(label) if demo.classes else float(label) for _, label, _ in plan]
        return self.draw(demo, plan), np.asarray(truth)


def _draw(name: str, scenes: list[tuple[int, str, str]]) -> np.ndarray:
    return draw_inputs(DEMOS[name], scenes)


def train(name: str, x: np.ndarray, y: np.ndarray):
    """A trained network; the same seed gives the same order and starting weights."""
    import keras
    import tf_keras

    from tools.demo_networks import NETWORKS

    keras.utils.set_random_seed(SEED)
    recipe, network = RECIPES[name], NETWORKS[name]()
    library = tf_keras if isinstance(network, tf_keras.Model) else keras
    if recipe.mirror:
        x, y = np.concatenate([x, x[:, :, ::-1]]), np.concatenate([y, y])
    steps = recipe.epochs * -(-len(x) // 32)
    loss = "binary_crossentropy" if network.output_shape[-1] == 1 else "sparse_categorical_crossentropy"
    loss = "mse" if y.dtype.kind == "f" else loss
    rate = library.optimizers.schedules.CosineDecay(recipe.rate, steps)
    metrics = ["mae" if y.dtype.kind == "f" else "accuracy"]
    network.compile(library.optimizers.Adam(rate), loss, metrics=metrics)
    network.fit(x, y, batch_size=32, epochs=recipe.epochs, verbose=2)
    return network


def classifier(network):
    """Model inputs -> class indices, with either kind of head."""

    def classify(x: np.ndarray) -> np.ndarray:
        scores = network.predict(x, batch_size=64, verbose=0)
        return (scores[:, 0] > 0.5).astype(int) if scores.shape[1] == 1 else scores.argmax(axis=1)

    return classify


def patterns_of(demo: Demo, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and pattern indices that a backbone is trained on; no picture of the demo is among them."""
    drawn = [patterns.draw(seed, demo.input[:2]) for seed in range(count)]
    return np.stack([picture for picture, _ in drawn]), np.asarray([kind for _, kind in drawn])


def detector(demo: Demo):
    """Model inputs -> class indices, by what the detector learns from the demo's normal pictures."""
    explainer = demo_detector(demo)
    return lambda x: (explainer.predict(x)[:, 0] >= 0).astype(int)


def truth_of_numbers(demo: Demo, network, studio: Studio, x: np.ndarray, y: np.ndarray) -> dict:
    """What moves the output of a network that answers with a number."""

    def predict(inputs: np.ndarray) -> np.ndarray:
        return network.predict(inputs, batch_size=64, verbose=0)[:, 0].astype(np.float64)

    found = measure_numbers(demo, predict, SPLITS["hidden"], HIDDEN, studio.draw)
    found["error"]["test"] = round(float(np.abs(predict(x) - y).mean()), 3)
    return found


def make(name: str, studio: Studio) -> dict:
    """Train, save and measure one demo's model."""
    demo, recipe, started = find_demo(name), RECIPES[SHARED.get(name, name)], time.perf_counter()
    if name in SHARED:
        return {**about(demo, recipe), **measured(demo, classifier(shared(demo)), studio)}
    if demo.task == "object-detection":
        return {**about(demo, recipe), **grid_training.make(demo, recipe, studio.draw, HIDDEN, SEED)}
    detects = demo.task == "visual-anomaly"
    x, y = patterns_of(demo, recipe.scenes) if detects else studio.split(demo, "train", recipe.scenes)
    drawn = time.perf_counter()
    network = train(name, x, y)
    seconds = drawn - started, time.perf_counter() - drawn
    print(f"{name}: drawn in {seconds[0]:.0f} s, trained in {seconds[1]:.0f} s")
    MODELS.mkdir(exist_ok=True)
    bare = network.__class__.from_config(network.get_config())  # never compiled: no optimizer state
    bare.set_weights(network.get_weights())
    bare.save(MODELS / demo.model)
    if demo.planned:
        found = truth_of_numbers(demo, network, studio, *studio.split(demo, "test", 200))
    else:
        found = measured(demo, detector(demo) if detects else classifier(network), studio)
    return {**about(demo, recipe), **found}


def measured(demo: Demo, classify, studio: Studio) -> dict:
    """What a classifier relies on in hidden scenes, and its accuracy on the demo's own pictures."""
    found = measure(demo, classify, SPLITS["hidden"], HIDDEN, studio.draw)
    x, y = studio.split(demo, "test", 200)
    found["accuracy"]["test"] = share(classify(x) == y)
    return found


def shared(demo: Demo):
    """The trained network that a demo has in common with another."""
    import keras

    return keras.models.load_model(MODELS / demo.model, compile=False)


def about(demo: Demo, recipe: Recipe) -> dict:
    """What is planted, and how the model was made and measured."""
    return {
        "title": demo.title,
        "cue": demo.cue,
        "conflicting": float(demo.conflicting),
        "interval": "Wilson, 95 %",
        "hidden_seeds": [SPLITS["hidden"], SPLITS["hidden"] + HIDDEN - 1],
        "renderer": RENDERER_VERSION,
        "seed": SEED,
        "training_scenes": recipe.scenes,
        "command": f"python -m tools.train_demos {demo.name}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=[*RECIPES, *SHARED], help="which demos; all by default")
    names = parser.parse_args().names
    with ProcessPoolExecutor(2) as pool:
        for name in names:
            made = make(name, Studio(pool))
            print(name, json.dumps(made, indent=1))
            truth = json.loads(TRUTH.read_text(encoding="utf-8")) if TRUTH.is_file() else {}
            truth[name] = made
            write_json(TRUTH, {key: truth[key] for key in (*RECIPES, *SHARED) if key in truth})


if __name__ == "__main__":
    main()
