"""What several formats say of a sample: its upright picture, its heat on it, its verdicts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from gradcam_core.base.errors import AuditError, SampleError
from gradcam_core.base.types import Floats, Picture
from gradcam_core.images import geometry, map_to_picture, read_rgb
from gradcam_core.maps.overlay import normalise
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.project import turn_of
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.store import Run
from gradcam_core.runs.verdicts import has_reviews, verdicts

Verdict = Mapping[str, Any]


@dataclass(frozen=True)
class Heated:
    """One sample that can be drawn: its row of the table, (H, W, 3) picture, (H, W) heat from 0 to 1."""

    row: int
    one: pd.Series
    picture: Picture
    heat: Floats


def heated(run: Run, rows: Rows) -> Iterator[Heated]:
    """The samples at these rows whose picture can be read; the others are left to the table to explain.

    Heat is that of the run's first map set, each map brightest at 1; 0 everywhere where there is none.
    """
    maps = run.maps(run.map_sets[0])
    for row in map(int, rows):
        one = run.table.iloc[row]
        if one["status"] == "unreadable":
            continue
        try:
            picture = read_rgb(picture_file(run, str(one["path"])), pixels=run.input_spec.pixels)
        except SampleError:
            continue
        spec = run.input_spec
        where = geometry(picture.shape[:2], spec.size, spec.resize, turn_of(one))
        heat = np.nan_to_num(np.asarray(maps[row], dtype=np.float32))
        yield Heated(row, one, picture, map_to_picture(normalise(heat), where))


def verdicts_of(run: Run) -> dict[str, list[Verdict]]:
    """Sample id -> what each reader says of it now: reviewer, verdict, comment, time.

    Raises:
        AuditError: there are verdicts, and their database cannot be reached.
    """
    found: dict[str, list[Verdict]] = defaultdict(list)
    if has_reviews(run):
        table, _ = verdicts(run, _findings(run))
        for entry in table[table["kind"] == "sample"].to_dict("records"):
            found[str(entry["sample_id"])].append({str(name): value for name, value in entry.items()})
    return found


def _findings(run: Run) -> Any:
    try:
        searched = read_findings(run.path)
    except AuditError:
        return ()
    return () if searched is None else searched.found


def text(value: object) -> str:
    """A label or answer; "" where there is none."""
    return value if isinstance(value, str) else ""


def number(value: object) -> float | None:
    """A finite number; None for anything else."""
    known = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return float(value) if known and np.isfinite(float(value)) else None  # type: ignore[arg-type]
