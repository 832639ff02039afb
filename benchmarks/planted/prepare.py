"""Case and seed -> trained network with measured truth, from the cache where it is there already."""

import json
import shutil
import time
from dataclasses import asdict

import numpy as np

from benchmarks.planted import project, reliance
from benchmarks.planted.cache import Trained, folder_of
from benchmarks.planted.cases import Case
from benchmarks.planted.render import render_all
from benchmarks.planted.scene import scenes
from benchmarks.planted.train import Effort, net_for, predictor, train

TEST, HIDDEN = 400, 300


def prepare(case: Case, seed: int, effort: Effort, test: int = TEST, hidden: int = HIDDEN) -> Trained:
    """Train (or find) a case; ``truth.json`` is written last, so a folder without it starts again."""
    net = net_for(case, seed)
    sizes = {"net": asdict(net), "effort": asdict(effort), "test": test, "hidden": hidden}
    folder = folder_of(case, seed, sizes)
    truth = folder / "truth.json"
    if truth.is_file():
        return Trained(case, seed, folder, json.loads(truth.read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    project.write_pictures(folder, case, seed, net.side, test)
    started = time.monotonic()
    train(case, seed, net, effort).save(folder / "model.keras")
    seconds = time.monotonic() - started
    predict = predictor(folder / "model.keras")
    facts = {
        **sizes,
        "reliance": reliance.measure(case, seed, net.side, predict, hidden),
        "accuracy": accuracy(case, seed, net.side, predict),
        "training_seconds": round(seconds, 1),
    }
    truth.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return Trained(case, seed, folder, facts)


def accuracy(case: Case, seed: int, side: int, predict: reliance.Predict, count: int = 200) -> float:
    """Share of test pictures that the network gets right."""
    drawn = list(scenes(case, "test", count, seed))
    right = predict(render_all(drawn, case, side)[0]) == np.array([scene.label for scene in drawn])
    return float(right.mean())
