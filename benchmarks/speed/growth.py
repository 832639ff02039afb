"""Whole audits from the command line, cold: do cost per sample and memory grow with their number?"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import pictures


@dataclass(frozen=True)
class Audited:
    """Medians of whole audits of ``samples`` pictures."""

    samples: int
    seconds: float
    rate: float
    peak_mb: float


def grow(model: Path, parent: Path, sizes: tuple[int, int], rounds: int) -> list[Audited]:
    """Audit both sizes in turn, ``rounds`` times."""
    found: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    for _ in range(rounds):
        for size in sizes:
            found[size].append(_audit(pictures.folder(parent, size), model))
    return [Audited(size, *(_median(found[size], key) for key in KEYS)) for size in sizes]


KEYS = ("wall", "images_per_second", "peak_memory_mb")


def _median(results: list[dict[str, float]], key: str) -> float:
    return statistics.median(result[key] for result in results)


def _audit(folder: Path, model: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as runs:
        command = [sys.executable, "-m", "gradcam_core", "audit", str(folder)]
        command += ["--model", str(model), "--runs", runs, "--json"]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        wall = time.perf_counter() - started
    return {**json.loads(done.stdout.strip().splitlines()[-1]), "wall": wall}
