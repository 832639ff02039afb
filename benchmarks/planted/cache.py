"""Trained cases on disk, found again by what made them: case, seed, network, effort and code."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.planted.cases import Case

HERE = Path(__file__).parent
MAKERS = ("scene", "objects", "backgrounds", "cues", "render", "train", "reliance", "project", "backbone")


@dataclass(frozen=True)
class Trained:
    """One trained case: its folder and what was measured about it (``truth.json``)."""

    case: Case
    seed: int
    folder: Path
    facts: Mapping[str, Any]

    @property
    def reliance(self) -> float:
        return float(self.facts["reliance"]["all"])


def root() -> Path:
    """The cache folder: ``GRADCAM_BENCH_CACHE``, else ``cache/planted`` in the repository."""
    return Path(os.environ.get("GRADCAM_BENCH_CACHE") or HERE.parents[1] / "cache" / "planted")


def code_version() -> str:
    """A hash of the files that decide what is drawn and trained."""
    together = hashlib.sha256()
    for name in MAKERS:
        together.update((HERE / f"{name}.py").read_bytes())
    return together.hexdigest()


def folder_of(case: Case, seed: int, settings: Mapping[str, Any]) -> Path:
    """Where a trained case lives; any change of its ingredients is another folder."""
    made_of = json.dumps([asdict(case), seed, settings, code_version()], sort_keys=True)
    return root() / f"{case.name}-{seed}-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}"
