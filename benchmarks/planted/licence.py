"""python -m benchmarks.planted.licence: a seeded series of projects, and everybody's answers on it.

... make --series clean --count 300 --minutes 3    one piece of a series; the same again continues it
... answers --write ours.csv                       what this audit said, in the form that others use
... reliance                                   how well the stated reliance fits the measured one
... score ours.csv theirs.csv                      hits, names, false alarms, area under the ROC curve
"""

import argparse
import gc
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.planted import answers, calibration, results, series
from benchmarks.planted.cache import Trained, root
from benchmarks.planted.cases import Case
from benchmarks.planted.results import Result

PICTURES, TEST, HIDDEN, BUDGET = 400, 200, 300, 200
ROWS = "licence.jsonl"


def planned(kind: str, count: int) -> Iterator[tuple[Case, int]]:
    """The first ``count`` cases of a series with their seeds."""
    for number in range(count):
        yield series.drawn(kind, number)


def make(kind: str, count: int, minutes: float) -> int:
    """Train and audit what has no row of this version of the code; starts none after ``minutes``.

    Returns how many were done.
    """
    from benchmarks.planted.audit import core_version

    until, done, version = time.monotonic() + 60 * minutes, 0, core_version()
    known = {result.case for result in rows() if result.row["core"] == version}
    for case, seed in planned(kind, count):
        if time.monotonic() > until:
            break
        if case.name not in known:
            results.append(root() / ROWS, one(case, seed).row)
            gc.collect()
            done += 1
    return done


def rows() -> list[Result]:
    """What has been audited, the last row of each project."""
    return list({result.case: result for result in results.read(root() / ROWS)}.values())


def one(case: Case, seed: int) -> Result:
    """One project: drawn, trained, audited."""
    from benchmarks.planted.audit import judge

    trained = network(case, seed)
    result = Result(judge(trained, BUDGET, ablate=False))
    found = ", ".join(result.flags(3)) or "nothing"
    print(f"{case.name}: reliance {result.reliance:.2f}, level {result.level()} ({found})", flush=True)
    return result


def network(case: Case, seed: int) -> Trained:
    """The case's network, a head on one of five shared backbones."""
    from benchmarks.planted.prepare import Size, prepare
    from benchmarks.planted.train import NETS, Effort

    net = NETS[seed % 5]
    return prepare(case, seed, Size(Effort(PICTURES, 0), TEST, HIDDEN, net, shared=True))


def table(truth: Sequence[Result], files: Sequence[Path]) -> Iterator[str]:
    """Lines of Markdown: one row per file of answers."""
    yield "| answers | reliant: alarm | right name | clean: alarm | area | rank correlation | unanswered |"
    yield "| --- " * 7 + "|"
    for path in files:
        got = answers.score(truth, answers.read(path))
        numbers = f"{got.area:.2f} | {got.ranks:.2f} | {got.unanswered}"
        yield f"| {path.stem} | {got.hits} | {got.named} | {got.false_alarms} | {numbers} |"


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        "python -m benchmarks.planted.licence",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="train and audit what has no result yet")
    making.add_argument("--series", choices=sorted(series.KINDS), required=True)
    making.add_argument("--count", type=int, default=300, help="projects of the series, from number 0")
    making.add_argument("--minutes", type=float, default=600, help="start no project after so many")
    said = commands.add_parser("answers", help="this audit's answers as CSV")
    said.add_argument("--write", type=Path, required=True, metavar="FILE")
    commands.add_parser("reliance", help="error and coverage of the stated reliance")
    scored = commands.add_parser("score", help="a table, one row per file of answers")
    scored.add_argument("files", type=Path, nargs="+", metavar="FILE")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> None:
    args = arguments(words)
    if args.command == "make":
        print(make(args.series, args.count, args.minutes), "done")
    elif args.command == "answers":
        answers.write(args.write, (one for row in rows() for one in answers.of_row(row)))
    elif args.command == "reliance":
        print("\n".join(calibration.table(rows())))
    else:
        print("\n".join(table(rows(), args.files)))


if __name__ == "__main__":
    main()
