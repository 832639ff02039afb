"""What lies on disk of one block of a project: plain files that any later program can read.

``testing/`` pictures, ``model.h5``, ``manifest.csv`` (path, label, metadata), ``bounding_boxes.labels``,
``edge-impulse.json`` (where all that comes from) and a ``project.toml``, with which the same folder can
be audited again without a network.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradcam_core.base.files import write_json
from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Box, Fact, Meta, Project, Region, Sample
from gradcam_core.images.sound_pictures import DESCRIPTION
from gradcam_core.projects.edge_impulse.describe.described import DescribedBlock
from gradcam_core.projects.edge_impulse.describe.tasks import DETECTION
from gradcam_core.projects.edge_impulse.remote import Remote
from gradcam_core.projects.overrides import Overrides
from gradcam_core.projects.project_file import FILE_NAME, write_project_file
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.classification import confidence_threshold
from gradcam_core.tasks.object_detection.cells import threshold
from gradcam_core.tasks.regression import ERROR_KEYS
from gradcam_core.tasks.visual_anomaly.normal import KIND

MODEL, MANIFEST, BOXES, ORIGIN = "model.h5", "manifest.csv", "bounding_boxes.labels", "edge-impulse.json"
CLASSES = ("classification", "audio")
SAMPLE_ID, FILE, OTHER_LABEL = "edge_impulse_id", "edge_impulse_name", "edge_impulse_label"


@dataclass(frozen=True)
class Arrived:
    """The test data as they lie below ``root``: path of each sample's picture, or why there is none."""

    root: Path
    samples: Sequence[Remote]
    paths: Mapping[str, str]
    broken: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    features: Features | None = None


def build_project(described: DescribedBlock, arrived: Arrived, model: Path) -> Project:
    """The project of what has arrived. A label that the model does not know stays as metadata."""
    samples = tuple(_sample(one, arrived, described) for one in arrived.samples)
    boxed = {one.id: Region("box", one.boxes) for one in arrived.samples if one.boxes}
    return Project(
        name=described.name,
        root=arrived.root,
        class_names=described.class_names,
        samples=samples,
        model_path=model,
        source="edge-impulse",
        task=described.task,
        resize=described.resize,
        resize_method=described.resize_method,
        scaling=described.scaling,
        channels=described.channels,
        channel_order=described.channel_order,
        regions=boxed,
        region_notes=arrived.notes,
        broken=arrived.broken,
        facts=(*described.facts, *arrived.facts, *_facts(samples, arrived, described, model)),
        thresholds=described.thresholds,
        features=arrived.features,
    )


def _sample(one: Remote, arrived: Arrived, described: DescribedBlock) -> Sample:
    metadata: dict[str, Meta] = {**one.metadata, SAMPLE_ID: one.id, FILE: one.name}
    if described.task == DETECTION:  # the truth are the boxes; the label field is the file's name
        return Sample(one.id, arrived.paths[one.id], metadata=metadata)
    label = one.label if one.label is None else described.meanings.get(one.label, one.label)
    known = TASKS[described.task].numbers or label in described.class_names
    if one.label is not None and (not known or label != one.label):
        metadata[OTHER_LABEL if not known else KIND] = one.label
    return Sample(one.id, arrived.paths[one.id], label if known else None, metadata=metadata)


def _facts(
    samples: Sequence[Sample], arrived: Arrived, described: DescribedBlock, model: Path
) -> list[Fact]:
    detects = described.task == DETECTION
    said = (
        [box.label for one in arrived.samples for box in one.boxes]
        if detects
        else [one.label for one in samples]
    )
    counts = [f"{name} {said.count(name):,}" for name in described.class_names]
    strange = {str(one.metadata[OTHER_LABEL]) for one in samples if OTHER_LABEL in one.metadata}
    unlabelled = sum(one.label is None for one in samples)
    warning = f"{unlabelled} samples without a label of this model" if unlabelled and not detects else ""
    if strange:
        warning += f"; the model has no class {', '.join(sorted(strange)[:8])}"
    boxed = sum(1 for one in arrived.samples if one.boxes)
    missing = f"{len(arrived.broken)} pictures could not be had" if arrived.broken else ""
    labels = ", ".join(counts) or f"{len(samples) - unlabelled:,} numbers"
    return [
        Fact("samples", f"{len(samples):,} test samples", "read", "from Edge Impulse", missing),
        Fact("labels", labels, "read", "from Edge Impulse", warning),
        Fact("regions", f"{boxed:,} of {len(samples):,} samples (box)", "read", "bounding boxes"),
        Fact("model", model.name, "read", f"learn block {described.block.block}"),
    ]


def write_folder(project: Project, described: DescribedBlock, host: str) -> None:
    """Write everything but pictures and model, which are there already. Nothing here holds a key."""
    root = project.root
    _write_manifest(root / MANIFEST, project)
    boxes = {
        one.path: [_as_json(box) for box in project.regions[one.id].shapes if isinstance(box, Box)]
        for one in project.samples
        if one.id in project.regions
    }
    write_json(root / BOXES, {"version": 1, "type": "bounding-box-labels", "boundingBoxes": boxes})
    if project.features is not None:
        write_json(root / DESCRIPTION, project.features.to_json())
    write_json(root / ORIGIN, _origin(project, described, host))
    answers = Overrides(
        name=project.name,
        task=project.task,
        model=project.model_path,
        regions=root / BOXES if boxes else None,
        labels=root / MANIFEST,
        class_order=project.class_names or None,
        scaling=project.scaling,
        resize=project.resize,
        resize_method=project.resize_method,
        channels=project.channels,
        channel_order=project.channel_order,
        tolerance=_tolerance(project),
        threshold=_threshold(project),
    )
    write_project_file(root / FILE_NAME, answers)


def _threshold(project: Project) -> float | None:
    """The block's threshold of classes or objects; a folder has no block to ask."""
    if project.task == DETECTION:
        return threshold(project.thresholds)
    return confidence_threshold(project.thresholds) or None if project.task in CLASSES else None


def _tolerance(project: Project) -> float | None:
    """The absolute error that the block allows; a folder has no block to ask."""
    if not TASKS[project.task].numbers:
        return None
    return next((project.thresholds[key] for key in ERROR_KEYS if key in project.thresholds), None)


def _write_manifest(file: Path, project: Project) -> None:
    keys = list(dict.fromkeys(key for one in project.samples for key in one.metadata))
    part = file.with_name(f".{file.name}.part")
    with part.open("w", encoding="utf-8", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(("path", "label", *keys))
        for one in project.samples:
            table.writerow((one.path, one.label or "", *(one.metadata.get(key, "") for key in keys)))
    part.replace(file)


def _as_json(box: Box) -> dict[str, Any]:
    width, height = box.right - box.left, box.bottom - box.top
    return {"label": box.label, "x": box.left, "y": box.top, "width": width, "height": height}


def _origin(project: Project, described: DescribedBlock, host: str) -> dict[str, Any]:
    block = described.block.block
    return {
        "version": 1,
        "host": host,
        "project": {"id": described.project_id, "name": described.name},
        "impulse": described.impulse_id,
        "learn_block": {"id": block.id, "type": block.type, "title": block.title},
        "task": described.task,
        "class_names": list(described.class_names),
        "thresholds": dict(described.thresholds),
        "model_created": described.trained,
        "facts": [{"name": fact.name, "value": fact.value, "why": fact.why} for fact in project.facts],
    }
