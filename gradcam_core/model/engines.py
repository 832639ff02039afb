"""Put an explainer together and give it an engine; "auto" checks that the fast one agrees."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, get_args

import numpy as np

from gradcam_core.base import paths
from gradcam_core.base.errors import ModelError
from gradcam_core.base.types import Engine, Floats, MapSet
from gradcam_core.maps.cams import CamInput
from gradcam_core.model import backend
from gradcam_core.model.contract import Explanation, LayerInfo
from gradcam_core.model.cut import Section, plan
from gradcam_core.model.description import DescribedModel
from gradcam_core.model.explainer import FrozenExplainer, Names
from gradcam_core.model.gradients import Upper
from gradcam_core.model.load import short
from gradcam_core.model.randomise import randomised
from gradcam_core.model.runners import OpenVinoRunner, Runner, TensorFlowRunner

AGREEMENT = 0.9999
CHECKED = 8


def assemble(
    described: DescribedModel, layers: Mapping[MapSet, tuple[LayerInfo, Any]], engine: str
) -> FrozenExplainer:
    """The explainer of ``described`` cut at ``layers``; ``engine`` is settled on the first batch.

    Raises:
        ModelError: unknown engine, or OpenVINO was asked for by name and is not installed.
    """
    if engine not in get_args(Engine):
        known = ", ".join(get_args(Engine))
        raise ModelError(f"An engine out of: {known}.", repr(engine), "choose one of these")
    names, stages = _cut(described, [tensor for _, tensor in layers.values()])
    names = replace(names, layers={name: tensor.name for name, (_, tensor) in layers.items()})
    graph = TensorFlowRunner(described.frozen)
    parts = (graph, Upper(graph, stages, names.points, names.logits))
    infos: dict[MapSet, LayerInfo] = {name: layer for name, (layer, _) in layers.items()}
    explainer = FrozenExplainer(described.info, infos, names, parts, described.frozen.batch)
    explainer.expected = described.expected
    explainer.with_random_weights = partial(_with_random_weights, described, layers)
    if backend.openvino() is None and engine.startswith("openvino"):
        raise ModelError("OpenVINO", "it is not installed", "pip install openvino")
    wanted = engine.startswith("openvino") or (engine == "auto" and not backend.has_gpu())
    if wanted and backend.openvino() is not None:
        explainer.on_first_batch = _chooser(described, names, engine)
    return explainer


def _with_random_weights(
    described: DescribedModel, layers: Mapping[MapSet, tuple[LayerInfo, Any]], seed: int
) -> FrozenExplainer:
    unlearned = replace(described, frozen=randomised(described.frozen, seed))
    return assemble(unlearned, layers, "tensorflow")


def _cut(described: DescribedModel, tensors: Sequence[Any]) -> tuple[Names, list[Section]]:
    depth = {op: position for position, op in enumerate(described.source.graph.get_operations())}
    points = sorted({tensor.name: tensor for tensor in tensors}.values(), key=lambda point: depth[point.op])
    tapped = described.tap
    embedding = points[-1] if tapped.embedding is None else tapped.embedding
    below, *above = plan(described.source, points, [tapped.logits, embedding])
    order = tuple(point.name for point in points)
    return Names(below.fetches, tapped.logits.name, embedding.name, order), above


def _chooser(
    described: DescribedModel, names: Names, engine: str
) -> Callable[[FrozenExplainer, Floats], None]:
    """What to do on the first batch: convert, compare with TensorFlow, keep the faster one or fall back."""
    precision = "bf16" if engine == "openvino-bf16" else "f32"

    def choose(explainer: FrozenExplainer, inputs: Floats) -> None:
        graph = explainer.runner
        sample = inputs[:CHECKED]
        expected = explainer.explain(sample)
        try:
            wanted = (*names.below, *names.points, names.logits, names.embedding)
            fast = OpenVinoRunner(described.frozen, wanted, paths.cache_dir() / "models", precision)
            explainer.runner = fast
            explainer.agreement = agreement(expected, explainer.explain(sample))
        except Exception as error:
            explainer.runner = graph
            if engine != "auto":
                raise ModelError(
                    "a model that OpenVINO can run",
                    short(error),
                    "choose the engine tensorflow",
                ) from error
            explainer.notes += (
                f"TensorFlow is used because OpenVINO cannot run this model: {short(error)}",
            )
            return
        _keep_or_fall_back(explainer, graph, engine)

    return choose


def _keep_or_fall_back(explainer: FrozenExplainer, graph: Runner, engine: str) -> None:
    found = f"smallest cosine of activations and maps on the first batch {explainer.agreement:.6f}"
    if engine == "auto" and not explainer.agreement >= AGREEMENT:
        explainer.runner = graph
        explainer.notes += (f"TensorFlow is used because OpenVINO did not agree with it: {found}.",)
        return
    explainer.engine = "openvino" if engine == "auto" else engine
    explainer.notes += (f"OpenVINO runs the network below the maps; compared with TensorFlow: {found}.",)


def agreement(first: Explanation, second: Explanation) -> float:
    """Smallest cosine, over samples and map sets, between two explanations' activations and maps."""
    found = [1.0]
    for name, one in first.evidence.items():
        other = second.evidence[name]
        found.append(_smallest_cosine(one.activations, other.activations))
        found.append(_smallest_cosine(_map(one), _map(other)))
    return min(found)


def _map(evidence: CamInput) -> Floats:
    """The sum of gradient x activation per cell, which every gradient method is made of."""
    return np.einsum("nhwc,nhwc->nhw", evidence.activations, evidence.gradients)


def _smallest_cosine(one: Floats, other: Floats) -> float:
    a, b = one.reshape(len(one), -1).astype(np.float64), other.reshape(len(other), -1).astype(np.float64)
    lengths = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosine = np.divide((a * b).sum(axis=1), lengths, out=np.ones(len(a)), where=lengths > 0)
    cosine[(lengths == 0) & (np.abs(a).sum(axis=1) + np.abs(b).sum(axis=1) > 0)] = 0.0
    return float(np.nan_to_num(cosine, nan=0.0).min())
