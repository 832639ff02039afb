"""What a detector learns from a project's normal pictures: mixtures and a threshold, kept by content."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base import paths
from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.files import read_arrays, write_arrays
from gradcam_core.base.types import Fact, Floats, InputSpec, Project
from gradcam_core.images import load_one, to_input
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks.visual_anomaly.detector import USED
from gradcam_core.tasks.visual_anomaly.explainer import OwnDetector, place, scoring
from gradcam_core.tasks.visual_anomaly.normal import Normal, normal_pictures

VERSION = 1  # of what is kept
GIVEN, BLOCKS = "threshold", "min_anomaly_score"  # of the user, of Edge Impulse's block
FEWEST, MOST = 8, 200  # normal pictures
SHARE = 0.99  # of held-out normal pictures that lie below a guessed threshold
BATCH = 32
Arrays = dict[str, NDArray[Any]]
NOT_EXPORTED = Fact(
    "anomaly score",
    "standard deviations of -log likelihood above normal cells; the highest cell of the finest map counts",
    "read",
    "a Gaussian mixture of the network's features; the mixture that Edge Impulse fits is not exported",
)


@dataclass(frozen=True)
class Learned:
    """Arrays to keep, scores of held-out normal pictures, and what to tell."""

    arrays: Arrays
    held_out: NDArray[np.float64]
    facts: tuple[Fact, ...]


def from_features(project: Project, base: Explainer, spec: InputSpec) -> Learned:
    """Mixtures over the features of normal pictures, fitted once per content of model and pictures.

    Raises:
        ProjectError: too few normal pictures.
    """
    normal = _enough(normal_pictures(project))
    file = paths.cache_dir() / "anomaly" / f"{_key(base, spec, normal)}.npz"
    arrays = read_arrays(file)
    if arrays is None:
        arrays = _learned(base, spec, normal)
        write_arrays(file, arrays)
    held_out = arrays.pop("held_out")
    return Learned(arrays, held_out, (_sources(normal, len(held_out)), NOT_EXPORTED))


def from_output(project: Project, base: Explainer, spec: InputSpec) -> Learned:
    """What the network's own scores are on normal pictures, for the threshold alone."""
    own, normal = OwnDetector(base, 0.0), normal_pictures(project)
    inputs = _batches(normal.paths, spec)
    found = [own.predict(batch)[:, 0] for batch in inputs]
    values = np.concatenate(found).astype(np.float64) if found else np.zeros(0)
    return Learned({}, values, ())


def _sources(normal: Normal, used: int) -> Fact:
    warning = (
        "no normal training pictures were found, so test samples served: each half was scored by a mixture "
        "of the other half; put normal pictures into training/<normal label>/ to learn from these instead"
    )
    value = f"{used:,} of {len(normal.paths):,} normal pictures"
    return Fact("learned from", value, "guessed", normal.where, warning if normal.crossed else "")


def _enough(normal: Normal) -> Normal:
    if len(normal.paths) < FEWEST:
        raise ProjectError(
            f"at least {FEWEST} normal pictures to learn from",
            f"{len(normal.paths)} in {normal.where}",
            "put normal pictures into training/<normal label>/ of the project folder",
        )
    return normal


def _spread(files: Sequence[Path]) -> list[Path]:
    chosen = np.unique(np.linspace(0, len(files) - 1, min(MOST, len(files))).astype(int))
    return [files[number] for number in chosen]


def _key(base: Explainer, spec: InputSpec, normal: Normal) -> str:
    layers = {name: layer.name for name, layer in base.layers.items()}
    known = [VERSION, version("scikit-learn"), base.info.sha256, layers, asdict(spec), normal.crossed]
    digest = hashlib.sha256(json.dumps(known, sort_keys=True).encode())
    for path in _spread(normal.paths):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def _batches(files: Sequence[Path], spec: InputSpec) -> list[Floats]:
    """Network inputs of the readable pictures."""
    pictures = []
    for path in _spread(files) if files else []:
        try:
            pictures.append(load_one(path, spec)[0])
        except SampleError:
            continue  # a test sample says so in its row, a training picture is one of many
    parts = [pictures[start : start + BATCH] for start in range(0, len(pictures), BATCH)]
    return [to_input(np.stack(part), spec) for part in parts]


def _learned(base: Explainer, spec: InputSpec, normal: Normal) -> Arrays:
    from gradcam_core.tasks.visual_anomaly.mixture_fit import fit

    inputs = _batches(normal.paths, spec)
    seen = [base.explain(batch, gradients=()).evidence for batch in inputs]
    places = np.concatenate([place(batch) for batch in inputs])
    split = float(np.median(places))
    fold = (places >= split).astype(np.intp)
    arrays: Arrays = {"split": np.asarray(split)}
    for name in base.layers:
        features = np.concatenate([one[name].activations for one in seen])
        mixtures, held = fit(features, fold, normal.crossed)
        arrays |= {f"{name}.{key}": value for key, value in mixtures.arrays().items()}
        if name == scoring(base.layers):
            arrays["held_out"] = held.max(axis=(1, 2)).astype(np.float64)
    return arrays


def with_threshold(project: Project, learned: Learned, own: bool) -> Project:
    """The project with its arrays, the threshold in use, and facts about both.

    Raises:
        ProjectError: nothing to guess a threshold from.
    """
    known, facts = project.thresholds, list(learned.facts)
    blocks = known.get(BLOCKS)
    if GIVEN in known:
        value, fact = known[GIVEN], Fact("threshold", f"{known[GIVEN]:g}", "given")
    elif blocks is not None and own:
        value, fact = blocks, Fact("threshold", f"{blocks:g}", "read", "of the block")
    elif len(learned.held_out):
        value = float(np.quantile(learned.held_out, SHARE))
        fact = _guessed(value, len(learned.held_out), blocks)
    else:
        raise ProjectError("a score from which a picture is an anomaly", "none", "give it with --threshold")
    return replace(
        project,
        learned=learned.arrays,
        thresholds={**known, USED: value},
        facts=(*project.facts, *facts, fact),
    )


def _guessed(value: float, count: int, blocks: float | None) -> Fact:
    warning = ""
    if blocks is not None:
        warning = (
            f"the block's threshold {blocks:g} belongs to Edge Impulse's own mixture, "
            f"which is not exported; to use it all the same: --threshold {blocks:g}"
        )
    why = f"{SHARE:.0%} of {count} held-out normal pictures lie below; another one with --threshold"
    return Fact("threshold", f"{value:.3g}", "guessed", why, warning)
