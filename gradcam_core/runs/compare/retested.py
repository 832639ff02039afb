"""The edit tables of two models that were asked about the same edits, kept beside the run after."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pyarrow import ArrowException

from gradcam_core.base.files import read_json, read_table, write_json, write_table
from gradcam_core.base.hashing import stable_hash
from gradcam_core.runs.findings import MALFORMED
from gradcam_core.runs.store import Run

FOLDER, FACTS = "retests", "retest.json"
BEFORE, AFTER = "before.parquet", "after.parquet"


@dataclass(frozen=True)
class Retested:
    """Both tables, in the sample ids of the run before.

    Attributes:
        before, after: columns of ``edits.parquet``, of the same edits.
        flags: edit -> the cue that it tests without a suspicion.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    flags: Mapping[str, str]


def folder_of(before: Run, after: Run) -> Path:
    """Where the re-test of two runs lies."""
    return after.path / FOLDER / f"{stable_hash(before.id):016x}"


def write_retested(before: Run, after: Run, found: Retested, budget: int, seed: int) -> None:
    """Keep a re-test; the facts are written last, so that without them there is none."""
    folder = folder_of(before, after)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FACTS).unlink(missing_ok=True)
    write_table(folder / BEFORE, found.before)
    write_table(folder / AFTER, found.after)
    facts = {"before": before.id, "after": after.id, "flags": dict(found.flags)}
    write_json(folder / FACTS, {**facts, "budget": budget, "seed": seed})


def read_retested(before: Run, after: Run) -> Retested | None:
    """The kept re-test of two runs; None where there is none, it is damaged, or one of other runs."""
    folder = folder_of(before, after)
    try:
        facts = read_json(folder / FACTS)
        if facts is None or (facts["before"], facts["after"]) != (before.id, after.id):
            return None
        flags = {str(edit): str(flag) for edit, flag in facts["flags"].items()}
        tables = [read_table(folder / name) for name in (BEFORE, AFTER)]
    except (*MALFORMED, ArrowException):
        return None
    if tables[0] is None or tables[1] is None:
        return None
    return Retested(tables[0], tables[1], flags)
