"""From files to a verdict against a cold script that loads the model and predicts the same files.

    python -m benchmarks.speed.verdict [--nets MobileNetV2:96 ...] [--write docs/performance.md]

Each way is run in turn, by processes of its own, `--rounds` times; ratios are of medians of one run. Wall
time is that of the commands, processor time that of their processes. "First time": nothing is kept of
the network; "again": its graphs are, as after any audit of the same file.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed import drawn, report

FILES = Path("cache/bench-files")
NETS = ("MobileNetV2:96", "MobileNetV2:224", "EfficientNetB0:224")
WALL, PROCESSOR = 3.0, 4.0  # at most so many times the script
SCRIPT = """
import keras, sys
model, files, side = sys.argv[1:]
pictures = keras.utils.image_dataset_from_directory(files, image_size=(int(side),) * 2, shuffle=False)
keras.models.load_model(model).predict(pictures.map(lambda x, y: x / 127.5 - 1), verbose=0)
"""
REFERENCE, APART, ONE = "load and predict, cold", "audit, then findings --edits", "audit --find"


@dataclass(frozen=True)
class Cost:
    """Wall and processor seconds of one way, the medians over rounds."""

    wall: float
    processor: float


def commands(way: str, files: Path, model: Path, side: str, runs: Path) -> list[list[str]]:
    """The processes that one way starts, one after the other; "RUN" stands for the run that there is."""
    if way == REFERENCE:
        return [[sys.executable, "-c", SCRIPT, str(model), str(files / "testing"), side]]
    audit = [sys.executable, "-m", "gradcam_core", "audit", str(files), "--model", str(model)]
    audit += ["--runs", str(runs)]
    if way == ONE:
        return [[*audit, "--find"]]
    return [audit, [sys.executable, "-m", "gradcam_core", "findings", "RUN", "--edits"]]


def measure(way: str, files: Path, model: Path, side: str, home: Path) -> Cost:
    """One round of one way."""
    with tempfile.TemporaryDirectory() as runs:
        began, before = time.perf_counter(), _processor()
        for command in commands(way, files, model, side, Path(runs)):
            named = [str(next(Path(runs).iterdir())) if part == "RUN" else part for part in command]
            environment = {**os.environ, "GRADCAM_HOME": str(home), "TF_CPP_MIN_LOG_LEVEL": "3"}
            done = subprocess.run(named, capture_output=True, text=True, check=False, env=environment)
            if done.returncode:
                raise RuntimeError(f"{' '.join(named)}: {done.stderr[-2000:]}")
        return Cost(time.perf_counter() - began, _processor() - before)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compared(net: str, side: str, files: Path, rounds: int, ways: Sequence[tuple[str, bool]]) -> str:
    """The table of one network."""
    model = model_file(net, side)
    found: dict[tuple[str, bool], list[Cost]] = {(REFERENCE, False): [], **{way: [] for way in ways}}
    with tempfile.TemporaryDirectory() as home:
        for _ in range(rounds):
            for (way, again), costs in found.items():
                if not again:
                    shutil.rmtree(Path(home) / "cache", ignore_errors=True)
                costs.append(measure(way, files, model, side, Path(home)))
    medians = {
        way: Cost(*(statistics.median(getattr(one, name) for one in own) for name in ("wall", "processor")))
        for way, own in found.items()
    }
    return report.table(HEAD, [row(way, again, cost, medians) for (way, again), cost in medians.items()])


HEAD = ["", "wall s", "÷ script", "aim", "processor s", "÷ script", "aim"]


def row(way: str, again: bool, cost: Cost, costs: dict[tuple[str, bool], Cost]) -> list[str]:
    """One line of the table."""
    base = costs[REFERENCE, False]
    wall, processor = cost.wall / base.wall, cost.processor / base.processor
    aims = ["", ""]
    if way != REFERENCE:
        aims = [report.at_most(WALL, wall), report.at_most(PROCESSOR, processor)]
    name = way if way == REFERENCE else f"{way}, {'again' if again else 'first time'}"
    seen = [f"{cost.wall:.1f}", f"{wall:.2f}"], [f"{cost.processor:.1f}", f"{processor:.2f}"]
    return [name, *seen[0], aims[0], *seen[1], aims[1]]


def model_file(net: str, side: str) -> Path:
    """The network, written by a process of its own on first use."""
    path = FILES / f"judged-{net}-{side}.keras"
    if not path.exists():
        command = [sys.executable, "-m", "benchmarks.speed.make_judged", net, side, str(path)]
        subprocess.run(command, check=True, capture_output=True)
    return path


def stages(net: str, side: str, files: Path) -> str:
    """Where the time of one verdict goes: seconds per stage, in one process."""
    command = [sys.executable, "-m", "benchmarks.speed.staged", str(files), str(model_file(net, side))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    whole = [sum(part[end] for part in found.values()) for end in (0, 1)]
    rows = [[name, *(f"{value:.1f}" for value in part)] for name, part in found.items()]
    return report.table(["stage", "wall s", "processor s"], [*rows, ["all", *(f"{v:.1f}" for v in whole)]])


def main() -> None:
    """Print the tables, or put them in their place in a document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--nets", nargs="*", default=NETS, metavar="NAME:SIDE")
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--ways", choices=("all", "again", "stages"), default="all")
    parser.add_argument("--write", type=Path, help="put the tables in their places in this document")
    args = parser.parse_args()
    about = f"`python -m benchmarks.speed.verdict {' '.join(sys.argv[1:])}`: {report.machine()}"
    files = drawn.folder(FILES, args.pictures)
    ways = [(ONE, False), (ONE, True)] + ([(APART, True)] if args.ways == "all" else [])
    for net, side in (one.split(":") for one in args.nets):
        title = f"{args.pictures} pictures with masks, {net} at {side}×{side}"
        parts = {f"Where a verdict's time goes: {title}": stages(net, side, files)}
        if args.ways != "stages":
            parts[f"Verdict: {title}"] = compared(net, side, files, args.rounds, ways)
        for heading, text in parts.items():
            print(f"### {heading}\n\n{text}\n{about}\n", flush=True)
            if args.write:
                report.write(args.write, f"### {heading}\n\n{text}\n{about}\n")


if __name__ == "__main__":
    main()
