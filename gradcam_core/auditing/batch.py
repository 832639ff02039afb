"""One batch of samples -> its table columns, arrays and outlines. The same on one machine and on many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.auditing.columns import map_columns, sample_columns, turn_column
from gradcam_core.auditing.quantised import quantised_columns, quantised_logits
from gradcam_core.auditing.setup import Setup
from gradcam_core.base.threads import in_order
from gradcam_core.base.types import Floats, MapSet, Outline, Project
from gradcam_core.images.batches import Grid, Prepared, prepare
from gradcam_core.model.contract import Targets
from gradcam_core.runs.manifest import MAP_FILES
from gradcam_core.tasks import TASKS, Answers, Columns

COVER_GRID = (32, 32)
THREADS = 2  # batches that are computed at the same time


@dataclass(frozen=True)
class BatchResult:
    """What some samples gave, in their order.

    Attributes:
        columns: the table's columns, one value per sample.
        arrays: file name in the run folder -> array with one row per sample.
        outlines: sample id -> polygons, where there is a region.
    """

    columns: Mapping[str, Sequence[Any]]
    arrays: Mapping[str, NDArray[Any]]
    outlines: Mapping[str, Outline]


def metadata_names(project: Project) -> tuple[str, ...]:
    """Every metadata column that any sample has, in order of first appearance.

    Names that start with an underscore are the task's own notes and no columns.
    """
    names = (key for sample in project.samples for key in sample.metadata if not key.startswith("_"))
    return tuple(dict.fromkeys(names))


def grids_of(setup: Setup) -> list[Grid]:
    """Every grid that regions are put on: the stored cover's and that of each map set."""
    return [COVER_GRID, *(layer.grid for layer in setup.explainer.layers.values())]


def batch_results(setup: Setup, project: Project, metadata: Sequence[str]) -> Iterator[BatchResult]:
    """All samples of ``project`` in its order, a result per batch.

    One batch is scored while the network runs on the next and later ones are read.

    Args:
        setup: options and the loaded model, with the project that the model was fitted to.
        project: that project, or a piece of it.
        metadata: from :func:`metadata_names` of the whole project.
    """
    batches = prepare(
        project, setup.spec, grids_of(setup), setup.options.batch_size, TASKS[project.task].medium
    )
    yield from in_order(lambda batch: one_batch(setup, batch, metadata), batches, THREADS)


def one_batch(setup: Setup, batch: Prepared, metadata: Sequence[str]) -> BatchResult:
    """Predict, explain and score one prepared batch. Pure: depends on its arguments alone.

    Args:
        setup: project, options and the loaded model.
        batch: from :func:`gradcam_core.images.batches.prepare` with :func:`grids_of` the setup.
        metadata: from :func:`metadata_names` of the whole project.
    """
    readable = np.flatnonzero(batch.readable)
    samples, task = [one.sample for one in batch.loaded], TASKS[setup.project.task]
    logits: Floats = np.full((len(samples), setup.explainer.info.outputs), np.nan, np.float32)
    explained: Targets = np.zeros(len(samples), np.intp)
    maps = {
        name: np.full((len(samples), *layer.grid), np.nan, np.float32)
        for name, layer in setup.explainer.layers.items()
    }
    arrays: dict[str, NDArray[Any]] = {}
    if len(readable):
        needed = [name for name in maps if setup.options.cam(name).needs_gradients]
        targets = task.targets(setup.project, [samples[row] for row in readable], setup.options.explain)
        result = setup.explainer.explain(batch.inputs, targets, gradients=needed)
        logits[readable] = result.logits
        explained = np.zeros((len(samples), *result.targets.shape[1:]), result.targets.dtype)
        explained[readable] = result.targets
        for name, evidence in result.evidence.items():
            maps[name][readable] = setup.options.cam(name).compute(evidence)
        embedding = np.full((len(samples), result.embedding.shape[1]), np.nan, np.float16)
        embedding[readable] = result.embedding
        arrays["embeddings.npy"] = embedding
    arrays["logits.npy"] = logits
    arrays["cover.npy"] = batch.cover(COVER_GRID).astype(np.float16)
    arrays |= {MAP_FILES[name]: values for name, values in maps.items()}
    outlines = {one.sample.id: one.region.outline for one in batch.loaded if one.region.outline}
    answers = Answers(setup.project, samples, logits, setup.explainer.info.activation, explained)
    columns = sample_columns(batch.loaded, metadata) | task.columns(answers)
    if setup.quantised is not None:
        arrays["quantised_logits.npy"] = quantised_logits(setup.quantised, batch)
        columns |= quantised_columns(answers, arrays["quantised_logits.npy"], task, columns)
    if setup.spec.orientation == "stored":
        columns |= turn_column(batch.loaded)
    return BatchResult(columns | _map_columns(setup, batch, maps), arrays, outlines)


def _map_columns(setup: Setup, batch: Prepared, maps: Mapping[MapSet, Floats]) -> Columns:
    covers = {name: batch.cover(setup.explainer.layers[name].grid) for name in maps}
    scored = {name: setup.options.cam(name).scored for name in maps}
    return map_columns(batch.loaded, maps, covers, scored)


def join(results: Sequence[BatchResult]) -> BatchResult:
    """Results one after the other as one; an array that some lack is NaN there."""
    counts = [len(one.columns["sample_id"]) for one in results]
    known = {name: array for one in results for name, array in one.arrays.items()}
    return BatchResult(
        {name: [value for one in results for value in one.columns[name]] for name in results[0].columns},
        {
            name: np.concatenate(
                [
                    one.arrays.get(name, np.full((count, *like.shape[1:]), np.nan, like.dtype))
                    for one, count in zip(results, counts, strict=True)
                ]
            )
            for name, like in known.items()
        },
        {name: outline for one in results for name, outline in one.outlines.items()},
    )
