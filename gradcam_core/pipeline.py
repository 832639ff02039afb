"""A project becomes a run: the order of the steps and nothing else."""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core import manifest, rows
from gradcam_core.errors import AuditError, ModelError
from gradcam_core.options import AuditOptions
from gradcam_core.prepare import Prepared, prepare
from gradcam_core.progress import Progress, silent
from gradcam_core.setup import Setup, set_up
from gradcam_core.store import MAP_FILES, Outline, Run, RunWriter, open_run
from gradcam_core.types import Floats, MapSet, Project

COVER_GRID = (32, 32)


@dataclass
class Audit:
    """What one audit carries from batch to batch."""

    setup: Setup
    writer: RunWriter
    metadata: tuple[str, ...]
    columns: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    outlines: dict[str, Outline] = field(default_factory=dict)
    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)


def metadata_names(project: Project) -> tuple[str, ...]:
    """Every metadata column that any sample has, in order of first appearance."""
    return tuple(dict.fromkeys(key for sample in project.samples for key in sample.metadata))


def audit(project: Project, options: AuditOptions, runs: Path, progress: Progress = silent) -> Run:
    """Compute predictions, maps and scores of every sample and write them as a run.

    Args:
        project: from ``sources.open_project``.
        options: what to compute.
        runs: parent folder of the run folder.
        progress: told stage, done, total.

    Raises:
        AuditError: nothing could be audited; single unreadable samples are rows with a status.
    """
    started = time.monotonic()
    progress("loading the model", 0, 1)
    setup = set_up(project, options)
    layers = setup.explainer.layers
    if not layers:
        raise ModelError("a layer with a grid twice as fine", "none", "use --maps classic")
    name = manifest.run_id(setup)
    with RunWriter(runs, name, len(project.samples)) as writer:
        work = Audit(setup, writer, metadata_names(project))
        mapping = time.monotonic()
        grids = [COVER_GRID, *(layer.grid for layer in layers.values())]
        for batch in prepare(project, setup.spec, grids, options.batch_size):
            _one_batch(work, batch)
            progress("computing maps", batch.rows.stop, len(project.samples))
        _require_readable(work)
        table = pd.DataFrame(work.columns)
        document = manifest.build(name, setup, table, manifest.timing(len(table), started, mapping))
        return open_run(writer.finish(document, table, work.outlines))


def _require_readable(work: Audit) -> None:
    if all(status == "unreadable" for status in work.columns["status"]):
        first = next(iter(work.columns["reason"]))
        raise AuditError("at least one readable picture", f"none; the first: {first}", "check --images")


def _one_batch(work: Audit, batch: Prepared) -> None:
    readable = np.flatnonzero(batch.readable)
    labels = [one.sample.label for one in batch.loaded]
    logits: Floats = np.full((len(batch.loaded), work.setup.explainer.info.outputs), np.nan, np.float32)
    explained: NDArray[np.intp] = np.zeros(len(labels), np.intp)
    maps = {
        name: np.full((len(labels), *layer.grid), np.nan, np.float32)
        for name, layer in work.setup.explainer.layers.items()
    }
    if len(readable):
        targets = _targets(work, [labels[row] for row in readable])
        needed = [name for name in maps if work.setup.options.cam(name).needs_gradients]
        result = work.setup.explainer.explain(batch.inputs, targets, gradients=needed)
        logits[readable], explained[readable] = result.logits, result.targets
        for name, evidence in result.evidence.items():
            maps[name][readable] = work.setup.options.cam(name).compute(evidence)
        embedding = np.full((len(labels), result.embedding.shape[1]), np.nan, np.float16)
        embedding[readable] = result.embedding
        _store(work, "embeddings.npy", batch.rows, embedding)
    _store(work, "logits.npy", batch.rows, logits)
    _store(work, "cover.npy", batch.rows, batch.cover(COVER_GRID).astype(np.float16))
    for name, values in maps.items():
        _store(work, MAP_FILES[name], batch.rows, values)
    _append(work, batch, logits, explained, maps)


def _targets(work: Audit, labels: Sequence[str | None]) -> NDArray[np.intp] | None:
    """(M,) class to explain; -1 the predicted one, also for unlabelled samples with "true"."""
    explain, names = work.setup.options.explain, work.setup.project.class_names
    if explain == "predicted":
        return None
    if explain == "true":
        return np.array([-1 if label is None else names.index(label) for label in labels], np.intp)
    if explain not in names:
        raise AuditError(f"predicted, true or a class out of: {', '.join(names)}", repr(explain))
    return np.full(len(labels), names.index(explain), np.intp)


def _store(work: Audit, name: str, where: slice, values: NDArray[Any]) -> None:
    if name not in work.arrays:
        work.arrays[name] = work.writer.array(name, values.shape[1:], str(values.dtype))
    work.arrays[name][where] = values


def _append(
    work: Audit,
    batch: Prepared,
    logits: Floats,
    explained: NDArray[np.intp],
    maps: Mapping[MapSet, Floats],
) -> None:
    """Add the batch's rows to the columns and its outlines to the outlines."""
    labels = [one.sample.label for one in batch.loaded]
    names = work.setup.project.class_names
    covers = {name: batch.cover(work.setup.explainer.layers[name].grid) for name in maps}
    scored = {name: work.setup.options.cam(name).scored for name in maps}
    columns = rows.sample_columns(batch.loaded, work.metadata)
    columns |= rows.prediction_columns(
        logits, work.setup.explainer.info.activation, names, labels, explained
    )
    columns |= rows.map_columns(batch.loaded, maps, covers, scored)
    for name, values in columns.items():
        work.columns[name].extend(values)
    work.outlines |= {one.sample.id: one.region.outline for one in batch.loaded if one.region.outline}
