"""python -m benchmarks.planted --calibrate | --report | --quick: train, audit, write the page."""

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.planted import quick, results
from benchmarks.planted.audit import judge
from benchmarks.planted.cache import HERE, Trained, root
from benchmarks.planted.cases import Case, choose
from benchmarks.planted.prepare import Size, prepare
from benchmarks.planted.report import write
from benchmarks.planted.results import Result
from benchmarks.planted.sheet import write_sheet
from benchmarks.planted.train import NETS, Effort

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
    kind.add_argument("--quick", action="store_true", help="six small cases; exit status 1 if one fails")
    kind.add_argument("--sheet", type=Path, help="only draw a contact sheet to this file")
    parser.add_argument("--cases", nargs="*", default=[], help="beginnings of case names; all if none")
    parser.add_argument(
        "--seeds", type=int, help="seeds per planted case; clean cases get three times as many"
    )
    parser.add_argument("--clean-seeds", type=int, help="seeds per clean case")
    parser.add_argument("--budget", type=int, default=BUDGET, help="samples per edit")
    parser.add_argument("--again", action="store_true", help="audit again what has a result already")
    parser.add_argument("--page", type=Path, default=PAGE, help="where --report writes")
    return parser.parse_args(words)


def plan(cases: Sequence[Case], first: int, seeds: int, clean: int) -> Iterator[tuple[Case, int]]:
    """Seed by seed, so that a run that is stopped early has seen every case."""
    for number in range(max(seeds, clean)):
        for case in cases:
            if number < (seeds if case.planted else clean):
                yield case, first + number


Pairs = Iterable[tuple[Case, int]]


def run(pairs: Pairs, path: Path, size: Size, budget: int, again: bool = False) -> list[Result]:
    """Train and audit what has no result in the file yet; returns the results of these pairs."""
    known = {} if again else {result.row["folder"]: result for result in results.read(path)}
    found = []
    for case, seed in pairs:
        trained = prepare(case, seed, size)
        result = known.get(trained.folder.name)
        if result is None:
            result = Result(judge(trained, budget))
            results.append(path, result.row)
            _tell(trained, result)
            gc.collect()
        found.append(result)
    return found


def _tell(trained: Trained, result: Result) -> None:
    flags = ", ".join(result.flags(2)) or "nothing"
    print(
        f"{trained.case.name} seed {trained.seed}: reliance {trained.reliance:.2f}, "
        f"level {result.level()} ({flags}), {sum(result.row['seconds'].values()):.0f} s",
        flush=True,
    )


def check_quickly() -> int:
    """The six cases; tells what is wrong with them."""
    size = Size(Effort(quick.PICTURES, quick.EPOCHS), quick.TEST, quick.HIDDEN, NETS[0])
    pairs = [(case, quick.SEED) for case in choose(list(quick.CASES))]
    found = []
    for case, seed in pairs:
        trained = prepare(case, seed, size)
        found.append(Result(judge(trained, quick.BUDGET, ablate=False)))
        _tell(trained, found[-1])
    wrong = quick.complaints(found)
    print("\n".join(wrong) or "all six as they should be")
    return 1 if wrong else 0


def main(words: Sequence[str] | None = None) -> int:
    options = arguments(words)
    if options.sheet:
        write_sheet(options.sheet)
        return 0
    if options.quick:
        return check_quickly()
    kind = "report" if options.report else "calibrate"
    path = root() / f"{kind}.jsonl"
    seeds = options.seeds or SEEDS[kind]
    clean = options.clean_seeds or CLEAN_FACTOR * seeds
    pairs = plan(choose(options.cases), FIRST_SEED[kind], seeds, clean)
    found = run(pairs, path, Size(), options.budget, options.again)
    page = options.page if options.report else path.with_suffix(".md")
    page.write_text(write(found, f"python -m benchmarks.planted --{kind}"), encoding="utf-8")
    print(f"wrote {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
