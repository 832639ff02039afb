"""Exports of Edge Impulse Studio as folders: labels by category out of ``info.labels``, or by file name."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Sample
from gradcam_core.images import is_picture_name
from gradcam_core.projects.edge_impulse.labels_file import (
    CATEGORIES,
    INFO,
    Exported,
    categories_of,
    is_export,
    read_export,
)
from gradcam_core.projects.folder.sample_table import Manifest
from gradcam_core.projects.folder.work import Work, count

PATH, LABEL, NAME = "path", "label", "edge_impulse_name"
PARTS = 3  # label.name.ending
_INGESTED = re.compile(r"\.ingestion-[\w-]+")


def studio_manifest(work: Work) -> Manifest | None:
    """The chosen category of an export as a table of path, label and metadata; None for other folders.

    Without ``--category`` that is the testing data, else the first category that has any.

    Raises:
        ProjectError: the category is empty, or holds no pictures.
        SourceError: ``info.labels`` cannot be read.
    """
    if not is_export(work.root):
        return None
    counts = categories_of(work.root)
    category = _choose(work, counts)
    files = [one for one in read_export(work.root, category) if one.is_inside]
    _check_pictures(files, category)
    _say_kinds(work, files)
    rows = [
        {**one.sample.metadata, PATH: one.path, LABEL: one.sample.label, NAME: one.sample.name}
        for one in files
    ]
    frame = pd.DataFrame(rows)
    return Manifest(work.root / INFO, frame, PATH, LABEL, None)


def _choose(work: Work, counts: Counter[str]) -> str:
    wanted = work.answers.category
    found = ", ".join(f"{name} {number:,}" for name, number in counts.items()) or "no files"
    if wanted is not None:
        if not counts[wanted]:
            raise ProjectError(f"files of the category {wanted} in {INFO}", found, "choose another one")
        work.fact("category", wanted, "given", found)
        return wanted
    chosen = next((name for name in CATEGORIES if counts[name]), next(iter(counts), ""))
    if not chosen:
        raise ProjectError(f"files in {INFO}", "none", "export again")
    warning = "these are training pictures" if chosen == "training" else ""
    work.fact("category", chosen, "guessed", f"{found}; another one with --category", warning)
    return chosen


def _check_pictures(files: Sequence[Exported], category: str) -> None:
    if any(is_picture_name(Path(one.path)) for one in files):
        return
    endings = Counter(Path(one.path).suffix.lower() or "no ending" for one in files)
    found = ", ".join(f"{number:,} {ending}" for ending, number in endings.most_common(4)) or "no files"
    raise ProjectError(
        f"pictures among the {category} files of the export",
        found,
        "sounds and time series are audited as the features that Edge Impulse makes of them: audit the "
        "project itself (edge-impulse with EI_API_KEY set)",
    )


def _say_kinds(work: Work, files: Sequence[Exported]) -> None:
    """Labels that are no class are left out, and said."""
    others = Counter(one.kind for one in files if one.kind not in ("label", "unlabeled"))
    for kind, number in others.items():
        warning = f"{count(number, 'sample')} with labels of the kind {kind}, which are no class: no label"
        work.fact("labels left out", kind, "read", INFO, warning)
    boxed = sum(bool(one.sample.boxes) for one in files)
    if boxed and not any(one.sample.label for one in files):
        names = sorted({box.label for one in files for box in one.sample.boxes})
        todo = "give --task object-detection and the classes in the model's order with --labels"
        warning = (
            "" if work.answers.task == "object-detection" else f"labelled by boxes, not classes: {todo}"
        )
        work.fact("box labels", ", ".join(names), "read", f"{count(boxed, 'picture')} with boxes", warning)


def labelled_by_name(work: Work, samples: Sequence[Sample]) -> list[Sample]:
    """Samples with what stands before the first dot of their names as labels, where all names are so.

    Studio writes ``label.name.ending``. A label with dots in it is known only if it is among the class
    names that the user gave. Nothing is labelled where a name has fewer parts, or most labels occur once.
    """
    order = sorted(work.answers.class_order or (), key=len, reverse=True)
    found = [_label_in(Path(one.path).name, order) for one in samples]
    labels = Counter(found)
    if None in labels or len(labels) < 2 or 2 * len(labels) > len(samples):
        return list(samples)
    warning = "labels are the beginnings of file names; if they are not: --labels TABLE"
    work.fact("labels from", "file names, before the first dot", "guessed", "no info.labels", warning)
    return [replace(one, label=label) for one, label in zip(samples, found, strict=True)]


def _label_in(name: str, order: Sequence[str]) -> str | None:
    bare = _INGESTED.sub("", name)
    known = next((one for one in order if bare.startswith(f"{one}.")), None)
    if known is not None:
        return known
    return bare.split(".")[0] or None if bare.count(".") >= PARTS - 1 else None
