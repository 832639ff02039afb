"""Samples on disk -> network inputs and regions, batch by batch, read ahead in threads."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import Floats, InputSpec, Outline, Project, Region, RegionSource, Sample
from gradcam_core.images import Original, geometry
from gradcam_core.images.medium import Medium
from gradcam_core.images.regions import cover_grids, drawn

Grid = tuple[int, int]
AHEAD = 2  # batches that are read while one is computed
THREADS = 2


@dataclass(frozen=True)
class Covered:
    """A sample's region: where it came from, its cover per grid, its outline, what was wrong with it."""

    source: RegionSource = "none"
    grids: Mapping[Grid, Floats] = field(default_factory=dict)
    outline: Outline | None = None
    note: str | None = None


@dataclass(frozen=True)
class LoadedSample:
    """One sample: picture (H, W, 3) uint8 (or what the task's medium keeps) or the reason why there is
    none, its region, and what is wrong with its label or left out of its file.

    ``size`` is that of the picture as people see it; ``turn`` the EXIF orientation that makes the way up
    that the network gets the one that people see."""

    sample: Sample
    picture: NDArray[Any] | None
    size: tuple[int, int]
    reason: str | None
    region: Covered
    note: str | None = None
    turn: int = 1


@dataclass(frozen=True)
class Prepared:
    """One batch in the project's order. ``inputs`` (M, H, W, C) holds the M readable ones only."""

    rows: slice
    loaded: tuple[LoadedSample, ...]
    inputs: Floats

    @property
    def readable(self) -> list[bool]:
        return [one.reason is None for one in self.loaded]

    def cover(self, grid: Grid) -> Floats:
        """(N, h, w) float32, share 0..1 of each cell that the object covers; NaN rows without a region."""
        nothing = np.full(grid, np.nan, np.float32)
        return np.stack([one.region.grids.get(grid, nothing) for one in self.loaded])


def load_sample(
    project: Project, sample: Sample, spec: InputSpec, grids: Sequence[Grid], medium: Medium
) -> LoadedSample:
    """Read one picture and put its region on the grids. What goes wrong becomes a reason or a note."""
    reason, note = project.broken.get(sample.id), project.label_notes.get(sample.id)
    if reason is None:
        try:
            picture, original = medium.read(inside(project.root, sample.path), spec)
        except SampleError as error:
            reason = error.found or str(error)
    if reason is not None:
        return LoadedSample(sample, None, (0, 0), reason, Covered(), note)
    note = "; ".join(filter(None, (note, original.note))) or None
    covered = _covered(project, sample, spec, grids, original)
    return LoadedSample(sample, picture, original.size, None, covered, note, original.turn)


def _covered(
    project: Project, sample: Sample, spec: InputSpec, grids: Sequence[Grid], original: Original
) -> Covered:
    """The sample's region on every grid; a region that cannot be drawn becomes a note."""
    region = project.regions.get(sample.id, Region("none"))
    note = project.region_notes.get(sample.id)
    if region.source == "none":
        return Covered(note=note)
    try:
        mask, outline = drawn(region, original.size)
    except SampleError as error:
        return Covered(note=f"region not used: {error}")
    where = geometry(original.size, spec.size, spec.resize, original.turn)
    covers = dict(zip(grids, cover_grids(mask, where, grids), strict=True))
    return Covered(region.source, covers, outline, note)


def prepare(
    project: Project, spec: InputSpec, grids: Sequence[Grid], batch_size: int, medium: Medium
) -> Iterator[Prepared]:
    """Batches in order; never more than ``AHEAD`` batches are held beside the one in use."""
    samples = project.samples
    starts = deque(range(0, len(samples), batch_size))
    waiting: deque[tuple[slice, list[Future[LoadedSample]]]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        while starts or waiting:
            while starts and len(waiting) <= AHEAD:
                rows = slice(starts[0], min(starts.popleft() + batch_size, len(samples)))
                tasks = [pool.submit(load_sample, project, s, spec, grids, medium) for s in samples[rows]]
                waiting.append((rows, tasks))
            rows, tasks = waiting.popleft()
            loaded = tuple(task.result() for task in tasks)
            pictures = [one.picture for one in loaded if one.picture is not None]
            inputs = np.zeros((0, *spec.size, spec.channels), np.float32)
            if pictures:
                inputs = medium.inputs(np.stack(pictures), spec)
            yield Prepared(rows, loaded, inputs)
