"""The manifest of a run: what determined it and what wrote it. Format: docs/run-format.md."""

import hashlib
import json
import math
import re
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core import __version__
from gradcam_core.auditing.facts import with_nonsense
from gradcam_core.auditing.setup import Setup
from gradcam_core.base.types import Fact, MapSet, column
from gradcam_core.maps.scores import SCORES
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks import TASKS

PACKAGES = ("tensorflow", "keras", "tf_keras", "openvino", "numpy", "opencv-python-headless")
FOCUS = "normalized_background_focus"
OWN_ORDER = ("absolute_error", "anomaly_score")  # of a regression, of a detector: neither has a confidence


def run_id(setup: Setup) -> str:
    """name-YYYYmmdd-HHMMSS-hash; the hash is of the choices, the time makes every run its own."""
    project, options = setup.project, setup.options
    choices = json.dumps([asdict(options), str(project.model_path), str(project.root)], sort_keys=True)
    digest = hashlib.sha256(f"{choices}{time.time_ns()}".encode()).hexdigest()[:8]
    name = re.sub(r"[^A-Za-z0-9]+", "-", project.name).strip("-").lower() or "project"
    return f"{name}-{datetime.now(UTC):%Y%m%d-%H%M%S}-{digest}"


def sort_column(table: pd.DataFrame) -> str:
    """The column the gallery sorts by first: the finest focus ruler there is, else what the answer has."""
    for name in (column("fine", FOCUS), FOCUS, *OWN_ORDER):
        if name in table and table[name].notna().any():
            return name
    return "confidence"


def build(name: str, setup: Setup, table: pd.DataFrame, timing: Mapping[str, float]) -> dict[str, Any]:
    """The JSON-able manifest of one audit."""
    project, explainer = setup.project, setup.explainer
    return {
        "run_id": name,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "project": {
            "name": project.name,
            "root": str(project.root),
            "source": project.source,
            "task": project.task,
            "class_names": list(project.class_names),
            "thresholds": dict(project.thresholds),
            **({} if project.features is None else {"features": project.features.to_json()}),
        },
        "model": _model(setup),
        "input": asdict(setup.spec),
        "input_known": not any(fact.origin == "not known" for fact in project.facts),
        "facts": [asdict(fact) for fact in _facts(setup, table)],
        "explain": setup.options.explain,
        "maps": {layer: _map_set(setup, layer) for layer in explainer.layers},
        "sort_by": sort_column(table),
        "counts": _counts(table),
        "scores": _scores(table),
        "engine": explainer.engine,
        "engine_notes": list(explainer.notes),
        "engine_agreement": None if math.isnan(explainer.agreement) else explainer.agreement,
        "timing": dict(timing),
        "versions": {
            "gradcam_core": __version__,
            "python": sys.version.split()[0],
            **{name: version(name) for name in PACKAGES},
        },
    }


def _facts(setup: Setup, table: pd.DataFrame) -> list[Fact]:
    """What was understood; of the answers, what all samples say in place of those that were probed."""
    project, names = setup.project, {name: index for index, name in enumerate(setup.project.class_names)}
    if TASKS[project.task].classes and names:
        answered = table[table["predicted"].notna()]
        labelled = answered[answered["label"].notna()]
        rows = labelled if len(labelled) else answered
        said = np.array([names[one] for one in rows["predicted"]], dtype=np.intp)
        labels = np.array([names[one] for one in labelled["label"]], dtype=np.intp)
        project = with_nonsense(project, said, labels if len(labels) else None)
    return [*project.facts, engine_fact(setup.explainer)]


def engine_fact(explainer: Explainer) -> Fact:
    """Which engine computed, and how well it was seen to agree with TensorFlow."""
    return Fact("engine", explainer.engine, "read", " ".join(explainer.notes))


def _model(setup: Setup) -> dict[str, Any]:
    info = setup.explainer.info
    return {
        "path": str(setup.project.model_path),
        "sha256": info.sha256,
        "format": info.format,
        "head": info.head,
        "activation": info.activation,
        "outputs": info.outputs,
        "output_grid": None if info.output_grid is None else list(info.output_grid),
        "input": [info.height, info.width, info.channels],
        "chosen_output": setup.options.output,
        "chosen_size": None if setup.options.size is None else list(setup.options.size),
        "notes": list(info.notes),
        **_quantised(setup),
    }


def _quantised(setup: Setup) -> dict[str, Any]:
    if setup.quantised is None:
        return {}
    info = setup.quantised.info
    about = {"sha256": info.sha256, "format": info.format, "notes": list(info.notes)}
    return {"quantised": {"path": str(setup.project.quantised_path), **about}}


def _map_set(setup: Setup, name: MapSet) -> dict[str, Any]:
    options, layer = setup.options, setup.explainer.layers[name]
    method = options.cam(name)
    return {
        "method": options.methods[name],
        "title": method.title,
        "layer": layer.name,
        "grid": list(layer.grid),
        "pooling": options.pooling if options.methods[name].startswith("grad-cam") else None,
        "class_specific": method.class_specific,
    }


def _counts(table: pd.DataFrame) -> dict[str, Any]:
    status = table["status"].value_counts()
    return {
        "samples": len(table),
        "ok": int(status.get("ok", 0)),
        "unreadable": int(status.get("unreadable", 0)),
        "unlabelled": int(table["label"].isna().sum()),
        "regions": {str(k): int(v) for k, v in table["region_source"].value_counts().items()},
    }


def _scores(table: pd.DataFrame) -> dict[str, Any]:
    described = {}
    for name, score in SCORES.items():
        about = {
            "title": score.title,
            "help": score.help,
            "better": score.better,
            "range": list(score.range),
        }
        described[name] = about
        if column("fine", name) in table:
            described[column("fine", name)] = about
    return described


def timing(samples: int, started: float, mapping: float) -> dict[str, float]:
    """Wall seconds since ``started``, pictures per second since ``mapping`` (both monotonic)."""
    now = time.monotonic()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(now - started, 2),
        "images_per_second": round(samples / max(now - mapping, 1e-9), 2),
        "peak_memory_mb": round(peak, 1),
    }
