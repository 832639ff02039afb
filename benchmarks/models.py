"""Every network of ``keras.applications`` and ``tf_keras.applications``: does it load, are its maps right?

    python -m benchmarks.models --write docs/models.md [--only MobileNet] [--formats keras]

Each network gets random weights and pictures of 96×96, is saved in each format, opened by this package and
explained; its Grad-CAM is compared with a GradientTape over the same Keras model. Each row is computed in a
process of its own and kept in ``--kept``, so that a second call goes on where the first one stopped.
"""

import argparse
import importlib
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Floats
from gradcam_core.model import backend, open_explainer

SIZE = 96
CLASSES = 5
PICTURES = 4
ENOUGH = 0.9999
FORMATS = {"keras": "model.keras", "h5": "model.h5", "SavedModel": "exported"}
MINUTES = 20
SMALL_FIRST = (
    "MobileNetV2",
    "MobileNetV3Small",
    "MobileNet",
    "ResNet50",
    "EfficientNetB0",
    "ConvNeXtTiny",
    "RegNetX002",
    "RegNetY002",
    "VGG16",
    "Xception",
    "EfficientNetV2B0",
    "ResNet50V2",
    "ResNetRS50",
    "InceptionV3",
    "NASNetMobile",
    "DenseNet121",
)


def networks(library: Any) -> list[str]:
    """Names of the network functions of ``library.applications``, the small ones first."""
    names = [
        name
        for name in dir(library.applications)
        if name[0].isupper() and callable(getattr(library.applications, name))
    ]
    first = {name: position for position, name in enumerate(SMALL_FIRST)}
    return sorted(names, key=lambda name: (first.get(name, len(first)), name))


def rows(only: str, formats: list[str]) -> list[tuple[str, str, str]]:
    """(library, network, format) of everything that is asked for, Keras 3 and Keras 2 in turn."""
    found = [
        (position, library, name)
        for major, library in ((3, "keras"), (2, "tf_keras"))
        for position, name in enumerate(networks(backend.keras_library(major)))
        if only in name
    ]
    return [(library, name, each) for each in formats for _, library, name in sorted(found)]


def measure(library: str, name: str, form: str) -> dict[str, Any]:
    """One row: build, save, open, explain, compare. Errors of the package are its outcome."""
    keras = importlib.import_module(library)
    keras.utils.set_random_seed(1)
    model = getattr(keras.applications, name)(
        weights=None, input_shape=(SIZE, SIZE, 3), classes=CLASSES, include_top=True
    )
    x = np.random.default_rng(1).random((PICTURES, SIZE, SIZE, 3), dtype=np.float32) * 2 - 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FORMATS[form]
        model.export(path, verbose=False) if form == "SavedModel" and library == "keras" else (
            model.export(path) if form == "SavedModel" else model.save(path)
        )
        started = time.perf_counter()
        try:
            explainer = open_explainer(path)
            found = explainer.explain(x)
        except AuditError as error:
            return {"loads": False, "reason": str(error)[:300]}
        opened = time.perf_counter() - started
        started = time.perf_counter()
        explainer.explain(x)
        layer = explainer.info.classic
        return {
            "loads": True,
            "parameters": int(model.count_params()),
            "layer": layer.name,
            "grid": f"{layer.height}×{layer.width}",
            "head": explainer.info.head,
            "engine": explainer.engine,
            "cosine": _cosine(found.evidence["classic"], _by_tape(model, layer.name, x)),
            "opened": round(opened, 1),
            "speed": round(PICTURES / (time.perf_counter() - started), 1),
        }


def _by_tape(model: Any, layer: str, x: Floats) -> tuple[Floats, Floats]:
    """Activations and gradients (N, h, w, C) of the layer, by a tape over the Keras model itself."""
    import tensorflow as tf

    keras = importlib.import_module(type(model).__module__.split(".")[0])
    steps = {one.name: one for one in getattr(model, "operations", model.layers)}
    known = max((name for name in steps if layer.startswith(name)), key=len)  # exports add a number
    model.layers[-1].activation = keras.activations.linear  # the logits, as this package explains them
    middle = steps[known].output
    values = keras.Model(model.inputs, middle)(tf.constant(x), training=False)
    with tf.GradientTape() as tape:
        tape.watch(values)
        logits = keras.Model(middle, model.layers[-1].output)(values, training=False)
        score = tf.reduce_sum(tf.reduce_max(logits, axis=1))
    return values.numpy(), tape.gradient(score, values).numpy()


def _cosine(evidence: Any, tape: tuple[Floats, Floats]) -> float:
    """Smallest cosine, over pictures, of the two maps before their rectification."""
    own = _weighted(evidence.activations, evidence.gradients)
    other = _weighted(*tape)
    lengths = np.linalg.norm(own, axis=1) * np.linalg.norm(other, axis=1)
    return round(float(((own * other).sum(axis=1) / lengths).min()), 6)


def _weighted(activations: Floats, gradients: Floats) -> Floats:
    weights = gradients.astype(np.float64).mean(axis=(1, 2), keepdims=True)
    return (activations.astype(np.float64) * weights).sum(axis=-1).reshape(len(activations), -1)


def kept_rows(file: Path) -> dict[str, dict[str, Any]]:
    """What earlier calls have measured, by "library network format"."""
    if not file.is_file():
        return {}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {line["row"]: line for line in lines}


def in_own_process(row: tuple[str, str, str]) -> dict[str, Any]:
    """Measure a row where its memory is given back, and where a crash is only its own."""
    command = [sys.executable, "-m", "benchmarks.models", "--one", *row]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES, check=False)
    except subprocess.TimeoutExpired:
        return {"loads": False, "reason": f"not done after {MINUTES} minutes"}
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        return {"loads": False, "reason": f"stopped: {last[:300]}"}
    return dict(json.loads(lines[-1]))


def table(found: dict[str, dict[str, Any]]) -> str:
    """The rows as Markdown."""
    lines = [
        "| network | format | loads | layer | grid | head | engine | cosine | pictures/s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row, one in sorted(found.items()):
        library, name, form = row.split()
        title = f"{name} ({'Keras 3' if library == 'keras' else 'Keras 2'}) | {form}"
        if not one["loads"]:
            lines.append(f"| {title} | – {one['reason']} | | | | | | |")
            continue
        tick = "✔" if one["cosine"] >= ENOUGH else "✘"
        lines.append(
            f"| {title} | ✔ | `{one['layer']}` | {one['grid']} | {one['head']} | {one['engine']} | "
            f"{tick} {one['cosine']:.6f} | {one['speed']} |"
        )
    return "\n".join(lines) + "\n"


def page(found: dict[str, dict[str, Any]]) -> str:
    """The whole document."""
    good = sum(one["loads"] and one["cosine"] >= ENOUGH for one in found.values())
    return (
        "# Networks of Keras\n\n"
        f"{len(found)} rows, of which {good} load without `--trust-code` and have a Grad-CAM equal to\n"
        f"that of a GradientTape over the same Keras model (cosine at least {ENOUGH}, the smallest of\n"
        f"{PICTURES} pictures). Random weights, {CLASSES} classes, inputs of {SIZE}×{SIZE}, one\n"
        "process per row, 2 CPU cores shared with other work: the speeds are orders of magnitude.\n"
        "Rows that are missing have not been run. Made by\n"
        "`python -m benchmarks.models --write docs/models.md`.\n\n" + table(found)
    )


def main() -> None:
    """Measure what is missing, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path)
    parser.add_argument("--kept", type=Path, default=paths.cache_dir() / "models-of-keras.jsonl")
    parser.add_argument("--only", default="")
    parser.add_argument("--formats", nargs="+", choices=list(FORMATS), default=list(FORMATS))
    parser.add_argument("--one", nargs=3, metavar=("LIBRARY", "NETWORK", "FORMAT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(*args.one)))
        return
    args.kept.parent.mkdir(parents=True, exist_ok=True)
    found = kept_rows(args.kept)
    for row in rows(args.only, args.formats):
        label = " ".join(row)
        if label not in found:
            found[label] = {"row": label, **in_own_process(row)}
            with args.kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(found[label]) + "\n")
            print(json.dumps(found[label]), flush=True)
    if args.write:
        args.write.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
