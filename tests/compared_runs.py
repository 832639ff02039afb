"""Two searched runs over the same drawn pictures, with edit tables of chosen effects: no model."""

from pathlib import Path

import pandas as pd

from gradcam_core.base.files import write_table
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.runs import findings
from gradcam_core.runs.findings import EditEvidence, Finding
from gradcam_core.runs.suspicions import write_suspicions
from tests.findings.conclude.edit_tables import edit_rows
from tests.run_factory import Recipe, make_run

MARK = "fixed-marker/dog/data"
N = 120


def edit_table(background: float, mark: float | None = None) -> pd.DataFrame:
    """A background swap, and the removal of a mark where the run tested one; controls move 2 %."""
    parts = [edit_rows("background-swap", (background, 0.02), N, filler) for filler in ("swap", "tiles")]
    if mark is not None:
        parts.append(edit_rows("spot-removal", (mark, 0.02), N, "inpaint", MARK))
    table = pd.concat(parts)
    return table.assign(sample_id=[f"sample-{int(name[1:]):05d}" for name in table["sample_id"]])


def searched_run(home: Path, name: str, table: pd.DataFrame, **recipe: object) -> Path:
    """A run named ``name`` over the pictures that every run of this recipe draws, searched with edits."""
    given = {"n": N, "pictures": N, "name": name, "input": (32, 48, 3), "size": (30, 40), **recipe}
    path = make_run(home, Recipe(**given))  # type: ignore[arg-type]
    swap = EditEvidence("background-swap", "swap", "flip", 60, 0.5, 0.0, 0.5, (0.4, 0.6), 0.01, "confirm")
    findings.write_findings(path, [Finding("background", 3, evidence=(swap,))], edits=True)
    write_table(path / findings.EDITS, table)
    ids = tuple(f"sample-{row:05d}" for row in range(0, N, 3))
    mark = Suspicion(MARK, "fixed-marker", "dog", ids, dict.fromkeys(ids, (0.0, 0.0, 0.2, 0.2)))
    write_suspicions(path, [mark] if (table["suspicion"] == MARK).any() else [])
    return path


def two_runs(home: Path, before: pd.DataFrame, after: pd.DataFrame) -> tuple[Path, Path]:
    """The run before, which errs on every 4th sample, and the one after, which errs on every 10th."""
    return searched_run(home, "before", before), searched_run(home, "after", after, every_wrong=10)
