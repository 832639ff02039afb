"""`python -m benchmarks.speed [--quick] [--part NAME] [--only WORD] [--write FILE]`: measure and report."""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import growth, pictures, report
from benchmarks.speed.contenders import CONTENDERS, Contender
from benchmarks.speed.interleave import Task, compete
from benchmarks.speed.make_model import MODELS

FILES = Path("cache/bench-files")
ENDINGS = {"keras": "keras", "tf_keras": "h5"}
BATCH = 32


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    models: tuple[str, ...]
    sides: tuple[int, ...]
    pictures: int
    rounds: int
    files: int
    grown: tuple[int, int]


FULL = Size(MODELS, (96, 224), 96, 3, 1000, (1000, 10_000))
QUICK = Size(MODELS[:1], (96,), 64, 2, 100, (100, 400))


def model_file(library: str, name: str, side: int) -> Path:
    """The model's file, written by a process of its own on first use."""
    path = FILES / f"{name}-{side}.{ENDINGS[library]}"
    if not path.exists():
        command = ["-m", "benchmarks.speed.make_model", library, name, str(side), str(path)]
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
    return path


def task(one: Contender, name: str, side: int, count: int) -> Task:
    """The contender's task on one architecture and input size."""
    own = max(2, round(count * one.share))
    model = model_file(one.library, name, side)
    arguments = (one.way, str(model), one.choice, str(side), str(own), str(BATCH))
    return Task(one.title, one.environment, arguments, own)


def maps(size: Size, word: str) -> Iterator[str]:
    """All contenders on every architecture and input size."""
    for name in size.models:
        for side in size.sides:
            chosen = [one for one in CONTENDERS if word in one.title or one is CONTENDERS[0]]
            tasks = [task(one, name, side, size.pictures) for one in chosen]
            yield report.speed(f"Maps: {name} at {side}×{side}", compete(tasks, size.rounds))


def whole(size: Size) -> Iterator[str]:
    """From JPEG files to a run folder."""
    place = pictures.folder(FILES, size.files)
    for side in size.sides:
        model = str(model_file("keras", MODELS[0], side))
        decode, features = (report.DECODE, "decode", str(place)), (report.FEATURES, "ours", "auto both")
        audit, count = (report.WHOLE, "end_to_end", str(place)), str(size.files)
        ways = ((decode, False), (features, False), (decode, True), (features, True), (audit, False))
        tasks = [
            Task(
                f"{title}, one core" if one_core else title,
                "own",
                (way, model, choice, str(side), count, str(BATCH)),
                size.files,
                one_core,
            )
            for (title, way, choice), one_core in ways
        ]
        height, width = pictures.SIZE
        title = f"End to end: {size.files} JPEG files of {height}×{width}, {MODELS[0]} at {side}×{side}"
        yield report.end_to_end(title, compete(tasks, max(2, size.rounds // 2)))


def grown(size: Size) -> Iterator[str]:
    """Growth with the number of samples."""
    model = model_file("keras", MODELS[0], 96)
    found = growth.grow(model, FILES, size.grown, 1 if size is QUICK else 5)
    yield report.growth(f"Growth: {MODELS[0]} at 96×96, whole audits from the command line, cold", found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one small model, few pictures: a smoke run")
    parser.add_argument("--part", choices=("maps", "whole", "growth"), help="this part of the report alone")
    parser.add_argument("--only", default="", help="maps of contenders whose title has this word, no more")
    parser.add_argument("--write", type=Path, help="put the tables in their places in this document")
    args = parser.parse_args()
    size = QUICK if args.quick else FULL
    about = f"`python -m benchmarks.speed {' '.join(sys.argv[1:])}`: {report.machine()}"
    stages = {"maps": maps(size, args.only), "whole": whole(size), "growth": grown(size)}
    if part := args.part or ("maps" if args.only else ""):
        stages = {part: stages[part]}
    for stage in stages.values():
        for text in stage:
            print(f"{text}\n{about}\n", flush=True)
            if args.write:
                report.write(args.write, f"{text}\n{about}\n")  # what is measured stays, whatever follows


if __name__ == "__main__":
    main()
