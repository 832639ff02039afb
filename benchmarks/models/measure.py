"""One row of the table: build, save, open, explain, compare. Refusals of the package are its outcome."""

import importlib
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.models.networks import build
from benchmarks.models.saving import FORMATS
from benchmarks.models.tape import by_tape, cosine
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Floats, Project
from gradcam_core.model import open_explainer
from gradcam_core.tasks.model_check import check_classes

SIZE = 96
CLASSES = 5
PICTURES = 4
NAMES = tuple(f"class {number}" for number in range(CLASSES))


def measure(library: str, name: str, form: str) -> dict[str, Any]:
    """The row of the network ``name`` of ``library`` ("keras" or "tf_keras") in the format ``form``."""
    keras = importlib.import_module(library)
    keras.utils.set_random_seed(1)
    model = build(keras, name, SIZE, CLASSES)
    file, save = FORMATS[form]
    x = np.random.default_rng(1).random((PICTURES, SIZE, SIZE, 3), dtype=np.float32) * 2 - 1
    with tempfile.TemporaryDirectory() as folder:
        save(model, Path(folder) / file)
        return {"parameters": int(model.count_params()), **_explained(model, Path(folder) / file, x)}


def _explained(model: Any, path: Path, x: Floats) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        explainer = open_explainer(path)
        check_classes(Project("benchmark", path.parent, NAMES, (), path), explainer.info)
        found = explainer.explain(x)
    except AuditError as error:
        return {"loads": False, "reason": str(error)[:300]}
    opened = time.perf_counter() - started
    started = time.perf_counter()
    explainer.explain(x)
    speed = round(PICTURES / (time.perf_counter() - started), 1)
    layer, own = explainer.info.classic, found.evidence["classic"]
    maps = own.activations, own.gradients
    return {
        "loads": True,
        "layer": layer.name,
        "grid": f"{layer.height}×{layer.width}",
        "head": explainer.info.head,
        "engine": explainer.engine,
        "cosine": cosine(maps, by_tape(model, (*layer.grid, layer.channels), own.activations, x)),
        "opened": round(opened, 1),
        "speed": speed,
    }
