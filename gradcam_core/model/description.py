"""From a recognised file to a frozen graph and its :class:`ModelInfo`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from gradcam_core.base import paths
from gradcam_core.base.types import MapSet
from gradcam_core.model import backend, formats
from gradcam_core.model.apart import frozen_apart, wanted
from gradcam_core.model.choices import Choices
from gradcam_core.model.contract import InputReading, LayerInfo, ModelInfo
from gradcam_core.model.defaults import classic_of_grid, default_classic, default_fine, viewed_as
from gradcam_core.model.entry import read_entry, reading_of, whole_numbers
from gradcam_core.model.freeze import Frozen
from gradcam_core.model.graph_cache import frozen_or_kept
from gradcam_core.model.head import Tap, ends_in_features, head_kind, tap
from gradcam_core.model.layers import TOKENS, Candidates, find_candidates
from gradcam_core.model.opening import opened
from gradcam_core.model.receptive_field import grid_of
from gradcam_core.model.surprise import Expected, expected_features, expected_input
from gradcam_core.model.topology import Topology


@dataclass(frozen=True)
class DescribedModel:
    """A frozen graph with what was found in it. Tensors belong to ``source.graph``."""

    frozen: Frozen = field(repr=False)
    source: Any
    tap: Tap
    candidates: Candidates
    info: ModelInfo
    expected: Expected | None = None

    def read_as(self, classes: int | None) -> "DescribedModel":
        """One linear output that stands for two classes is the logit of the second one."""
        if (self.info.outputs, self.info.activation, classes) != (1, "linear", 2):
            return self
        note = "one output without activation and two classes: read as the logit of the second class"
        info = replace(self.info, activation="sigmoid", notes=(*self.info.notes, note))
        return replace(self, info=info)

    def chosen(
        self, names: Mapping[MapSet, str | None], maps: Sequence[MapSet]
    ) -> dict[MapSet, tuple[LayerInfo, Any]]:
        """For each wanted map set its layer, by name or by default, and the layer's tensor."""
        defaults: dict[MapSet, LayerInfo | None] = {"classic": self.info.classic, "fine": self.info.fine}
        found: dict[MapSet, tuple[LayerInfo, Any]] = {}
        for name in maps:
            default = defaults[name]
            label = names[name] or (default.name if default else None)
            if label is not None:
                found[name] = self.candidates.choose(label)
        return found


def describe(path: Path, choices: Choices) -> DescribedModel:
    """Recognise, check, load, freeze and look at the model at ``path``; errors are ``ModelError``."""
    file, sha256 = formats.recognise(path), formats.content_hash(path)

    def make() -> Frozen:
        return frozen_apart(path, choices) if wanted() else opened(path, choices)

    frozen = frozen_or_kept(paths.cache_dir() / "models", sha256, choices, make)
    return examine(frozen, file.title, sha256)


def examine(frozen: Frozen, title: str, sha256: str) -> DescribedModel:
    """Find input, logits and layers in a frozen graph."""
    graph = frozen.graph()
    source = graph.get_tensor_by_name(frozen.source)
    tapped = tap(graph.get_tensor_by_name(frozen.result), source)
    if tapped.cells is not None:
        frozen = replace(frozen, definition=graph.as_graph_def())  # with the view as one row
    found = find_candidates(Topology(source, tapped.logits), frozen.layer_of)
    grid = None if tapped.cells is None else grid_of(tapped.cells)
    grid = None if grid == (1, 1) else grid
    classic, why = _classic_of_row(found) if grid is None else classic_of_grid(found, source, tapped.cells)
    shape = tuple(int(axis) for axis in source.shape[1:])
    answer = tapped.logits if tapped.cells is None else tapped.cells
    fine = default_fine(found, classic, features=len(shape) < 3)
    reading, expected = _input(Topology(source, tapped.logits), frozen.batch or 1)
    height, width, channels = (1, *shape, 1) if len(shape) == 1 else (*shape, 1)[:3]
    info = ModelInfo(
        title,
        height,
        width,
        channels,
        int(tapped.logits.shape[1]),
        tapped.activation,
        head_kind(found.tensors[classic.name], tapped.logits) if grid is None else "per-cell",
        found.layers,
        classic,
        fine,
        _with_fine(why, fine),
        sha256,
        notes=frozen.notes,
        output_grid=grid,
        features=tapped.activation == "linear" and ends_in_features(answer),
        shape=shape,
        viewed=viewed_as(Topology(source, tapped.logits)) if len(shape) == 1 else (),
        reading=reading,
    )
    return DescribedModel(frozen, source, tapped, found, info, expected)


def _input(way: Topology, batch: int) -> tuple[InputReading, Expected | None]:
    """What the network says of its input, and what it keeps of the pictures that it was trained on."""
    if way.source.shape.rank != 4:
        return InputReading(), None
    with backend.tensorflow().compat.v1.Session(graph=way.source.graph) as session:

        def evaluate(tensor: Any, picture: Any) -> Any:
            return session.run(tensor, {way.source: np.repeat(picture[None], batch, axis=0)})[0]

        entry = read_entry(way, evaluate)
        reading = reading_of(entry, whole_numbers(way))
        first, kept = expected_input(entry, way.source.name), expected_features(way, session.run)
        return reading, first if first is not None and (first.mean.any() or kept is None) else kept


def _classic_of_row(found: Candidates) -> tuple[LayerInfo, str]:
    classic = default_classic(found)
    if classic.kind == TOKENS:
        grid = f"{classic.height}×{classic.width}"
        return classic, (
            f"{classic.name} holds one token per patch; they are laid out as the {grid} grid that the "
            "patches came from, a class token aside. Attention mixes places, so a token tells of more than "
            "its patch."
        )
    why = (
        f"{classic.name} is the last layer with a grid ({classic.height}×{classic.width}) before the "
        "network pools or flattens it; what comes later has no place in the picture any more."
    )
    return classic, why


def _with_fine(text: str, fine: LayerInfo | None) -> str:
    if fine is None:
        return f"{text} No earlier layer has a grid at least twice as fine."
    grid = f"{fine.height}×{fine.width}"
    return f"{text} {fine.name} is the deepest layer with a grid at least twice as fine ({grid})."
