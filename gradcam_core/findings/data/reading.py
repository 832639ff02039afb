"""The pictures of a project at one small size, and a table of what files and labels say."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.picture_rules import DATASET, FULL
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Floats, InputSpec, Picture, Project, Sample
from gradcam_core.findings.material import COVER_GRID
from gradcam_core.images.batches import LoadedSample, prepare
from gradcam_core.images.file_facts import FileFacts, read_file_facts
from gradcam_core.images.medium import PICTURES
from gradcam_core.images.survey import survey, value_range
from gradcam_core.tasks import TASKS

SIDE, BATCH, THREADS = 64, 64, 4
GRID = (COVER_GRID, COVER_GRID)


@dataclass(frozen=True)
class Data:
    """N samples, one order everywhere.

    Attributes:
        table: sample_id, path, label, split, status ("ok", "unreadable"), reason, region_source, height,
            width, bytes, file_format, file_mode, file_camera, file_software, meta_…; None where unknown.
        pictures: (N, 64, 64, 3) uint8, upright and stretched to a square; black where unreadable.
        cover: (N, 32, 32) share of each cell that the object covers; NaN without a region.
        intensity: the rule by which deep pictures were read, "" where there are none.
    """

    table: pd.DataFrame
    pictures: Picture
    cover: Floats
    intensity: str

    @property
    def read(self) -> NDArray[np.bool_]:
        """(N,) bool, whose picture could be read."""
        return (self.table["status"] == "ok").to_numpy(dtype=bool)


def read_data(project: Project, progress: Progress) -> Data:
    """Read every sample; what cannot be read is a row with its reason."""
    intensity = _intensity(project)
    spec = InputSpec(
        SIDE, SIDE, 3, scaling="0..255", intensity=intensity or FULL, background=project.background
    )
    count = len(project.samples)
    pictures = np.zeros((count, SIDE, SIDE, 3), np.uint8)
    cover = np.full((count, *GRID), np.nan, np.float32)
    rows: list[dict[str, Any]] = []
    for batch in prepare(project, spec, (GRID,), BATCH, PICTURES):
        cover[batch.rows] = batch.cover(GRID)
        with ThreadPoolExecutor(THREADS) as pool:
            facts = list(pool.map(lambda one: _facts(project, one), batch.loaded))
        for place, (one, fact) in enumerate(zip(batch.loaded, facts, strict=True), batch.rows.start):
            if one.picture is not None:
                pictures[place] = one.picture
            rows.append(_row(one, fact))
        progress("pictures", len(rows), count)
    return Data(_table(rows), pictures, cover, intensity)


def _intensity(project: Project) -> str:
    """The rule for pictures deeper than 8 bits: as given, or guessed from their values; "" without any."""
    samples = project.samples
    found = survey(len(samples), lambda place: project.root / samples[place].path)
    lies = value_range([project.root / samples[place].path for place in found.deep])
    if lies is None:
        return ""
    if project.intensity == DATASET:
        return lies.rule
    return project.intensity or lies.guess


def _facts(project: Project, one: LoadedSample) -> FileFacts | None:
    if one.reason is not None:
        return None
    try:
        return read_file_facts(inside(project.root, one.sample.path))
    except SampleError:
        return None  # it has been read a moment ago


def _row(one: LoadedSample, facts: FileFacts | None) -> dict[str, Any]:
    sample: Sample = one.sample
    height, width = one.size
    facts = facts or FileFacts("", "", 0)
    return {
        **{"sample_id": sample.id, "path": sample.path, "label": sample.label, "split": sample.split},
        **{"status": "ok" if one.reason is None else "unreadable", "reason": one.reason or ""},
        **{"region_source": one.region.source, "height": height, "width": width},
        "bytes": facts.bytes,
        "file_format": facts.format or None,
        "file_mode": facts.mode or None,
        "file_camera": facts.camera,
        "file_software": facts.software,
        **{f"meta_{key}": value for key, value in sample.metadata.items() if not key.startswith("_")},
    }


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows)
    for name in ("label", *(column for column in table if str(column).startswith(("meta_", "file_")))):
        table[name] = table[name].astype(object).where(table[name].notna(), None)
    return table


def halved(project: Project) -> Project:
    """Numbers as labels become two classes, below their median and from it on; else as it is."""
    targets = [_number(one) for one in project.samples] if TASKS[project.task].numbers else []
    known = [target for target in targets if target is not None]
    if not known:
        return project
    middle = float(np.median(known))
    names = f"below {middle:g}", f"{middle:g} and above"
    samples = tuple(
        replace(one, label=None if target is None else names[target >= middle])
        for one, target in zip(project.samples, targets, strict=True)
    )
    return replace(project, samples=samples, class_names=names)


def _number(sample: Sample) -> float | None:
    """What the sample's label says as a number; None where it says none."""
    try:
        value = float(sample.label or "nan") if sample.target is None else sample.target
    except ValueError:
        return None
    return value if isfinite(value) else None


def with_samples(project: Project, further: tuple[Sample, ...]) -> Project:
    """The project with more samples, such as those of its training folder."""
    return replace(project, samples=(*project.samples, *further))
