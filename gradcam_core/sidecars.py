"""What ``findings`` adds to a run folder: read it, write it atomically. Format: docs/run-format.md."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.findings.finding import Finding, from_json
from gradcam_core.store import write_json

FINDINGS, EDITS, TRUST = "findings.json", "edits.parquet", "trust.json"
CLUSTERS, ASSOCIATIONS = "clusters.parquet", "associations.parquet"


def read_findings(run_path: Path) -> list[Finding] | None:
    """The findings of a run, strongest first; None if it has not been investigated."""
    value = read_json(run_path / FINDINGS)
    return None if value is None else [from_json(entry) for entry in value["findings"]]


def write_findings(run_path: Path, found: list[Finding], **facts: Any) -> None:
    """``findings.json``: the findings, and ``facts`` about how they were made."""
    write_json(run_path / FINDINGS, {**facts, "findings": [entry.to_json() for entry in found]})


def part_searched(facts: Mapping[str, Any]) -> str:
    """ "searched in n of N samples", or "" where all were; ``facts`` as in ``findings.json``."""
    searched, samples = (int(facts.get(name) or 0) for name in ("searched", "samples"))
    return f"searched in {searched:,} of {samples:,} samples" if searched < samples else ""


def read_json(path: Path) -> Any:
    """The JSON value in ``path``, None where there is no such file."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def read_table(run_path: Path, name: str) -> pd.DataFrame | None:
    """A table of the run folder, None where it has not been made."""
    path = run_path / name
    return pd.read_parquet(path) if path.is_file() else None


def write_table(run_path: Path, name: str, table: pd.DataFrame) -> None:
    """Write a table atomically: a reader sees the old file or the new one."""
    temporary = run_path / f".{name}.{os.getpid()}"
    table.to_parquet(temporary, index=False)
    temporary.replace(run_path / name)
