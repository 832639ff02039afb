"""One trained case through the project's own audit and investigation; the outcome as one row."""

import hashlib
import math
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.planted.cache import HERE, Trained
from benchmarks.planted.outcome import finding_row, map_row, reliance_said, strength
from benchmarks.planted.project import CLASSES, as_project, cue_pixels
from benchmarks.planted.scene import scenes, speaks_for
from gradcam_core.auditing.pipeline import audit
from gradcam_core.findings.investigate import investigate
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions

JUDGED = ("auditing", "edits", "findings", "maps", "model")


def core_version() -> str:
    """A hash of the code that is judged, so that rows of different versions can be told apart."""
    together = hashlib.sha256()
    core = HERE.parents[1] / "gradcam_core"
    files = [path for folder in JUDGED for path in (core / folder).rglob("*.py")]
    for path in sorted(files):
        together.update(path.read_bytes())
    return together.hexdigest()[:12]


@dataclass
class _Clock:
    """Wall and processor seconds per stage; the latter tell the cost apart from a busy machine."""

    wall: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)
    _last: tuple[float, float] = field(default_factory=lambda: (time.monotonic(), time.process_time()))

    def stop(self, stage: str) -> None:
        now = (time.monotonic(), time.process_time())
        self.wall[stage], self.cpu[stage] = (round(b - a, 2) for a, b in zip(self._last, now, strict=True))
        self._last = now


def judge(trained: Trained, budget: int, ablate: bool = True) -> dict[str, Any]:
    """Audit one trained case with the defaults a user gets, and describe the outcome.

    ``ablate`` also asks what would have been found without edits; without it that is left empty.
    """
    runs = trained.folder / "runs"
    shutil.rmtree(runs, ignore_errors=True)
    project = as_project(trained.folder, trained.case, trained.seed, int(trained.facts["test"]))
    clock = _Clock()
    run = audit(project, AuditOptions(), runs)
    clock.stop("audit")
    seen = investigate(run.path, edits=False, seed=trained.seed) if ablate else []
    clock.stop("search alone")
    tested = investigate(run.path, edits=True, budget=budget, seed=trained.seed)
    clock.stop("findings")
    row = _row(trained, run, seen, tested) | {"core": core_version(), "budget": budget}
    row |= {"seconds": clock.wall, "cpu_seconds": clock.cpu}
    return {key: defined(value) for key, value in row.items()}


def _row(trained: Trained, run: Run, seen: Sequence[Finding], tested: Sequence[Finding]) -> dict[str, Any]:
    cue, carries = cue_pixels(trained.folder), carriers(trained, run)
    known = np.array([int(name[1:]) for name in run.table["sample_id"]])
    return {
        **{"case": trained.case.name, "seed": trained.seed, "folder": trained.folder.name},
        **{"group": trained.case.group, "flags": list(trained.case.flags)},
        **{key: trained.facts[key] for key in ("reliance", "accuracy", "net", "training_seconds")},
        "maps": {name: map_row(run, name, cue[known], carries) for name in run.map_sets},
        "seen": [finding_row(entry, cue) for entry in seen if entry.level > 0],
        "tested": [finding_row(entry, cue) for entry in tested if entry.level > 0],
        "strength": strength(tested),
        "said": reliance_said(tested),
    }


def carriers(trained: Trained, run: Run) -> NDArray[np.bool_]:
    """(N,) samples that carry the cue and are predicted as the class it speaks for."""
    case = trained.case
    drawn = list(scenes(case, "test", int(trained.facts["test"]), trained.seed))
    speaking = CLASSES[next(c for c in range(case.classes) if speaks_for(case, c))]
    carry = np.array([max(drawn[int(name[1:])].cues) == 1 for name in run.table["sample_id"]])
    return np.asarray(carry & (run.table["predicted"] == speaking).to_numpy(dtype=bool))


def defined(value: Any) -> Any:
    """JSON-able: NaN becomes None, at any depth."""
    if isinstance(value, dict):
        return {key: defined(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [defined(entry) for entry in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
