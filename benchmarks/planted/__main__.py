"""python -m benchmarks.planted --calibrate | --report | --quick: train, audit, write the page."""

import argparse
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.planted import quick, regions, results
from benchmarks.planted.audit import judge
from benchmarks.planted.cache import HERE, Trained, root
from benchmarks.planted.cases import Case, choose
from benchmarks.planted.photographs import section
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
PHOTOGRAPHS = "with --report: searched runs of other projects, RUN=SHARE where their reliance is known"


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
    parser.add_argument("--photographs", nargs="*", default=[], metavar="RUN", help=PHOTOGRAPHS)
    parser.add_argument("--finished", action="store_true", help="write the page from finished runs alone")
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


def judge_quickly(case: Case) -> Result:
    """One of the six cases: a small network, few edits."""
    size = Size(Effort(quick.pictures(case.name), quick.EPOCHS), quick.TEST, quick.HIDDEN, NETS[0])
    trained = prepare(case, quick.SEED, size)
    result = Result(judge(trained, quick.BUDGET, ablate=False))
    _tell(trained, result)
    return result


def check_quickly() -> int:
    """The six cases; tells what is wrong with them."""
    wrong = quick.complaints([judge_quickly(case) for case in choose(list(quick.CASES))])
    print("\n".join(wrong) or "all six as they should be")
    return 1 if wrong else 0


def _calibration() -> str:
    """How many runs thresholds were set on."""
    seeds = [one.row["seed"] for one in results.read(root() / "calibrate.jsonl")]
    if not seeds:
        return ""
    return f"Thresholds were set on {len(seeds)} runs of seeds {min(seeds)} to {max(seeds)}."


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
    if options.finished:
        last = {(one.case, one.row["seed"]): one for one in results.read(path)}
        found = [last[case.name, seed] for case, seed in pairs if (case.name, seed) in last]
    else:
        found = run(pairs, path, Size(), options.budget, options.again)
    page = options.page if options.report else path.with_suffix(".md")
    parts = [section(options.photographs) if options.photographs else "", regions.stored()]
    command = f"python -m benchmarks.planted --{kind} --seeds {seeds} --clean-seeds {clean}"
    text = write(found, command, "\n\n".join(filter(None, parts)), _calibration())
    page.write_text(text, encoding="utf-8")
    print(f"wrote {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
