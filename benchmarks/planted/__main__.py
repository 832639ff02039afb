"""python -m benchmarks.planted --calibrate | --report | --quick: train, audit, write the page."""

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.planted import results
from benchmarks.planted.audit import judge
from benchmarks.planted.cache import HERE, Trained, root
from benchmarks.planted.cases import Case, choose
from benchmarks.planted.prepare import prepare
from benchmarks.planted.report import write
from benchmarks.planted.sheet import write_sheet
from benchmarks.planted.train import Effort

PAGE = HERE.parents[1] / "docs" / "benchmark.md"
FIRST_SEED = {"calibrate": 100, "report": 0}
SEEDS = {"calibrate": 1, "report": 3}
CLEAN_FACTOR = 3  # clean cases get this many times the seeds: false alarms are the costly claim
BUDGET = 200


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks.planted", description=__doc__)
    kind = parser.add_mutually_exclusive_group(required=True)
    kind.add_argument("--calibrate", action="store_true", help="seeds from 100: to set thresholds on")
    kind.add_argument("--report", action="store_true", help="seeds from 0: writes docs/benchmark.md")
    kind.add_argument("--sheet", type=Path, help="only draw a contact sheet to this file")
    parser.add_argument("--cases", nargs="*", default=[], help="beginnings of case names; all if none")
    parser.add_argument(
        "--seeds", type=int, help="seeds per planted case; clean cases get three times as many"
    )
    parser.add_argument("--budget", type=int, default=BUDGET, help="samples per edit")
    parser.add_argument("--again", action="store_true", help="audit again what has a result already")
    parser.add_argument("--page", type=Path, default=PAGE, help="where --report writes")
    return parser.parse_args(words)


def plan(cases: Sequence[Case], first: int, seeds: int) -> Iterator[tuple[Case, int]]:
    """Seed by seed, so that a run that is stopped early has seen every case."""
    for number in range(seeds * CLEAN_FACTOR):
        for case in cases:
            if number < seeds or not case.planted:
                yield case, first + number


def run(options: argparse.Namespace, kind: str) -> Path:
    """Train and audit whatever has no result yet; returns the file of results."""
    path = root() / f"{kind}.jsonl"
    done = set() if options.again else {result.row["folder"] for result in results.read(path)}
    for case, seed in plan(choose(options.cases), FIRST_SEED[kind], options.seeds or SEEDS[kind]):
        trained = prepare(case, seed, Effort())
        if trained.folder.name not in done:
            row = judge(trained, options.budget)
            results.append(path, row)
            _tell(trained, results.Result(row))
            gc.collect()
    return path


def _tell(trained: Trained, result: results.Result) -> None:
    flags = ", ".join(result.flags(2)) or "nothing"
    print(
        f"{trained.case.name} seed {trained.seed}: reliance {trained.reliance:.2f}, "
        f"level {result.level()} ({flags}), {sum(result.row['seconds'].values()):.0f} s",
        flush=True,
    )


def main(words: Sequence[str] | None = None) -> int:
    options = arguments(words)
    if options.sheet:
        write_sheet(options.sheet)
        return 0
    kind = "report" if options.report else "calibrate"
    path = run(options, kind)
    page = options.page if options.report else path.with_suffix(".md")
    page.write_text(write(results.read(path), f"python -m benchmarks.planted --{kind}"), encoding="utf-8")
    print(f"wrote {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
