"""Case and seed -> trained network with measured truth, from the cache where it is there already."""

import json
import shutil
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from benchmarks.planted import project, reliance
from benchmarks.planted.backbone import backbone, with_head
from benchmarks.planted.cache import Trained, folder_of, root
from benchmarks.planted.cases import Case
from benchmarks.planted.render import render_all
from benchmarks.planted.scene import scenes
from benchmarks.planted.train import Effort, Net, net_for, predictor, train


@dataclass(frozen=True)
class Size:
    """How much of everything: training, test pictures, hidden scenes; ``net`` None: each case its own.

    ``shared``: the network is a head on the shape's common backbone, and takes a second.
    """

    effort: Effort = field(default_factory=Effort)
    test: int = 400
    hidden: int = 300
    net: Net | None = None
    shared: bool = False


def prepare(case: Case, seed: int, size: Size) -> Trained:
    """Train (or find) a case; ``truth.json`` is written last, so a folder without it starts again."""
    net, effort, test, hidden = size.net or net_for(case, seed), size.effort, size.test, size.hidden
    sizes = {"net": asdict(net), "effort": asdict(effort), "test": test, "hidden": hidden}
    sizes |= {"shared": True} if size.shared else {}
    folder = folder_of(case, seed, sizes)
    truth = folder / "truth.json"
    if truth.is_file():
        return Trained(case, seed, folder, json.loads(truth.read_text(encoding="utf-8")))
    shutil.rmtree(folder, ignore_errors=True)
    project.write_pictures(folder, case, seed, net.side, test)
    started = time.monotonic()
    _network(case, seed, net, size).save(folder / "model.keras")
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


def _network(case: Case, seed: int, net: Net, size: Size) -> Any:
    if size.shared:
        return with_head(case, seed, net, size.effort.pictures, backbone(net, root()))
    return train(case, seed, net, size.effort)


def accuracy(case: Case, seed: int, side: int, predict: reliance.Predict, count: int = 200) -> float:
    """Share of test pictures that the network gets right."""
    drawn = list(scenes(case, "test", count, seed))
    right = predict(render_all(drawn, case, side)[0]) == np.array([scene.label for scene in drawn])
    return float(right.mean())
