"""A project of pictures -> the same project with one sample per object."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from gradcam_core.base.logits import cell_probabilities
from gradcam_core.base.types import Fact, InputSpec, Meta, Project, Region, Sample
from gradcam_core.images.batches import LoadedSample, prepare
from gradcam_core.images.medium import PICTURES
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks.object_detection.cells import (
    THRESHOLD_KEYS,
    FoundObject,
    objects,
    threshold,
    to_text,
)
from gradcam_core.tasks.object_detection.matching import Kind, MatchedObject, kind, matched
from gradcam_core.tasks.object_detection.truth import Marked, marked

BATCH = 32
EDITS = (
    "a swap lends what lies around an object of another class; what is edited, and what its control edits, "
    "lies outside every box; boxes that were missed and false alarms are left out"
)
PICTURE, FOUND, CELLS, BOXES = "_picture", "_found", "_cells", "_boxes"


@dataclass
class _Listed:
    """What the new project is made of."""

    samples: list[Sample] = field(default_factory=list)
    regions: dict[str, Region] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    kinds: Counter[Kind] = field(default_factory=Counter)
    boxes: int = 0
    hit: int = 0
    unusable: int = 0


def list_objects(project: Project, explainer: Explainer, spec: InputSpec) -> Project:
    """One sample per object that the model finds, per box that it misses, and per picture without either.

    What a sample stands for is in metadata of its own (names that start with an underscore): its picture,
    the class found, the cells, the numbers of the boxes. Its label is the class of its boxes, or
    "background"; there are no labels where no picture of the project has a box. Pictures that cannot be
    read stay one sample. All pictures are predicted once here.
    """
    known, listed = bool(project.regions), _Listed()
    for loaded, found in _predicted(project, explainer, spec):
        sample = loaded.sample
        if found is None:
            listed.samples.append(replace(sample, label=None))
            listed.broken[sample.id] = loaded.reason or "could not be read"
            continue
        region = project.regions.get(sample.id, Region("none"))
        names = project.class_names
        boxes, notes = marked(region, loaded.size, spec, _grid(explainer), names[1:], loaded.turn)
        listed.unusable += len(region.shapes) - len(boxes)
        _count(listed, boxes, entries := matched(found, boxes, names))
        note = "; ".join(filter(None, (project.region_notes.get(sample.id, ""), *notes)))
        for number, entry in enumerate(entries, 1):
            _add(listed, sample, entry, number, region, note, known)
    return replace(
        project,
        samples=tuple(listed.samples),
        regions=listed.regions,
        region_notes=listed.notes,
        broken=listed.broken,
        facts=(*project.facts, *_facts(project, listed, known)),
    )


def _grid(explainer: Explainer) -> tuple[int, int]:
    grid = explainer.info.output_grid
    if grid is None:
        raise ValueError("expected a model with a grid of answers")
    return grid


def _predicted(
    project: Project, explainer: Explainer, spec: InputSpec
) -> Iterator[tuple[LoadedSample, list[FoundObject] | None]]:
    """Every picture and its objects; None where it cannot be read."""
    grid, lowest = _grid(explainer), threshold(project.thresholds)
    for batch in prepare(replace(project, regions={}), spec, (), BATCH, PICTURES):
        logits = explainer.predict(batch.inputs) if len(batch.inputs) else np.zeros((0, 0), np.float32)
        shares = iter(cell_probabilities(logits, grid, explainer.info.activation) if len(logits) else ())
        for one in batch.loaded:
            yield one, objects(next(shares), lowest) if one.reason is None else None


def _count(listed: _Listed, boxes: list[Marked], entries: list[MatchedObject]) -> None:
    listed.kinds.update(which for one in entries if (which := kind(one.label, one.found)))
    listed.boxes += len(boxes)
    listed.hit += len({box.number for one in entries if one.found == one.label for box in one.boxes})


def _add(
    listed: _Listed,
    sample: Sample,
    entry: MatchedObject,
    number: int,
    region: Region,
    note: str,
    known: bool,
) -> None:
    name = f"{sample.id}#{number}"
    own: dict[str, Meta] = {
        PICTURE: sample.id,
        FOUND: entry.found,
        CELLS: to_text(entry.cells),
        BOXES: " ".join(str(box.number) for box in entry.boxes),
    }
    label = entry.label if known else None
    listed.samples.append(replace(sample, id=name, label=label, metadata={**sample.metadata, **own}))
    shapes = tuple(box.shape for box in entry.boxes) or region.shapes
    if shapes:
        listed.regions[name] = Region(region.source, shapes)
    if len(entry.boxes) > 1:
        note = "; ".join(filter(None, (note, f"one object for {len(entry.boxes)} boxes")))
    if note:
        listed.notes[name] = note


def _facts(project: Project, listed: _Listed, known: bool) -> list[Fact]:
    lowest, kinds = threshold(project.thresholds), listed.kinds
    rule = "neighbouring cells of one class are one object; channel 0 is background"
    given = any(key in project.thresholds for key in THRESHOLD_KEYS)
    facts = [Fact("lowest score", f"{lowest:g}", "read" if given else "guessed", rule)]
    if not known:
        why = "no picture has a box, so nothing can be called right or wrong"
        return [*facts, Fact("boxes", "none", "guessed", "", why)]
    found = kinds["hit"] + kinds["other class"] + kinds["false alarm"]
    warning = f"{listed.unusable} boxes cannot be used; each row says why" if listed.unusable else ""
    missed = f"{listed.hit:,} of {listed.boxes:,} boxes found"
    value = (
        f"{found:,} found: {kinds['hit']:,} hits, {kinds['other class']:,} of another class, "
        f"{kinds['false alarm']:,} false alarms; {missed}; {kinds['nothing']:,} pictures with neither"
    )
    edits = Fact("edits", "read at each row's own cells", "read", EDITS)
    hit = "a hit has the middle of its cells in a box of its class, or a cell that holds the box's centre"
    return [*facts, Fact("objects", value, "read", hit, warning), edits]
