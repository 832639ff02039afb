"""python -m benchmarks.planted.regions: the same networks audited with their masks, and without any region.

... --seeds 3 --minutes 4    one piece; the same again continues it
... --write                  puts the table of what is there into docs/benchmark.md
"""

import argparse
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.planted import results
from benchmarks.planted.cache import Trained, root
from benchmarks.planted.cases import CLEAN, PLANTED, Case
from benchmarks.planted.figures import share
from benchmarks.planted.reliance import band
from benchmarks.planted.report import table
from benchmarks.planted.results import Row
from gradcam_core.images.regions.estimate import estimate_cover
from gradcam_core.maps.grids import averaged
from gradcam_core.runs.findings import USES

FIRST_SEED, PICTURES, TEST, HIDDEN, BUDGET = 300, 400, 200, 300, 100
ROWS = "regions.jsonl"
START, END = "<!-- regions -->", "<!-- /regions -->"
PAGE = Path(__file__).parents[2] / "docs" / "benchmark.md"
BEFORE = "## Published numbers"
GRID = 32
WAYS = {"masks": "masks", "none": "none: estimated where clear"}
INTRODUCTION = (
    "{n} networks (heads on two shared backbones of 48 pixels, 200 test pictures, 100 samples per edit),\n"
    "each audited twice. Estimates: share of the pictures on which the estimators agree, and the median\n"
    "overlap of those with the masks. Made by `python -m benchmarks.planted.regions`, then with `--write`."
)
CASES = tuple(case for case in (*PLANTED, *CLEAN) if case.group in ("spatial", "clean"))


def planned(seeds: int) -> Iterator[tuple[Case, int]]:
    """Seed by seed, so that a run that is stopped early has seen every case."""
    for number in range(seeds):
        for case in CASES:
            yield case, FIRST_SEED + number


def make(seeds: int, minutes: float) -> int:
    """Audit what has no row yet, twice each; starts none after ``minutes``. Returns how many were done."""
    until, done = time.monotonic() + 60 * minutes, 0
    known = {(one.case, one.row["seed"]) for one in results.read(root() / ROWS)}
    for case, seed in planned(seeds):
        if time.monotonic() > until:
            break
        if (case.name, seed) not in known:
            results.append(root() / ROWS, pair(_network(case, seed)))
            done += 1
    return done


def _network(case: Case, seed: int) -> Trained:
    """A head on one of two shared backbones of 48 pixels."""
    from benchmarks.planted.prepare import Size, prepare
    from benchmarks.planted.train import NETS, Effort

    small = [net for net in NETS if net.side == 48][:2]
    return prepare(case, seed, Size(Effort(PICTURES, 0), TEST, HIDDEN, small[seed % 2], shared=True))


def pair(trained: Trained) -> Row:
    """One network: what is found with masks and without, and how good the estimated regions were."""
    case, kept = trained.case, overlaps(trained.folder)
    row: Row = {"case": case.name, "seed": trained.seed, "folder": trained.folder.name}
    row |= {"group": case.group, "flags": list(case.flags), "reliance": trained.facts["reliance"]}
    row |= {"kept": len(kept) / TEST, "iou": float(np.median(kept)) if kept else None}
    row |= {name: _found(trained, name == "masks") for name in WAYS}
    flags = {name: [one["flag"] for one in row[name] if one["level"] >= USES] for name in WAYS}
    print(f"{case.name} seed {trained.seed}: reliance {trained.reliance:.2f}, {flags}", flush=True)
    return row


def _found(trained: Trained, masks: bool) -> list[Row]:
    from benchmarks.planted.project import as_project
    from gradcam_core.auditing.pipeline import audit
    from gradcam_core.findings.investigate import investigate
    from gradcam_core.tasks.options import AuditOptions

    folder = trained.folder / "runs"
    shutil.rmtree(folder, ignore_errors=True)
    project = as_project(trained.folder, replace(trained.case, masks=masks), trained.seed, TEST)
    run = audit(project, AuditOptions(), folder)
    found = investigate(run.path, budget=BUDGET, seed=trained.seed)
    return [{"flag": one.flag, "level": one.level} for one in found if one.level > 0]


def overlaps(folder: Path) -> list[float]:
    """Intersection over union with its mask of each estimate that an audit keeps, cell by cell."""
    kept = []
    for path in sorted((folder / "test").glob("*/*.png")):
        guess = estimate_cover(np.asarray(Image.open(path).convert("RGB")), GRID)
        if guess.reliable:
            mask = np.asarray(Image.open(folder / "masks" / path.name)) > 0
            truth = averaged(mask[None].astype(np.float32), (GRID, GRID))[0]
            both, either = (part(truth, guess.cover).sum() for part in (np.minimum, np.maximum))
            kept.append(float(both / either))
    return kept


def section(rows: Sequence[Row]) -> str:
    """Markdown between its marks: one line per way, then one per run."""
    lines = ["## With masks and without any region", "", INTRODUCTION.format(n=len(rows)), ""]
    head = ("regions", "reliant runs at level ≥ 3", "with a fitting flag", "single cue, no other flag")
    lines.append(table((*head, "clean runs at level ≥ 3"), [_line(rows, name) for name in WAYS]))
    each = ("case", "seed", "reliance", "level ≥ 3, masks", "level ≥ 3, no region", "estimates kept", "IoU")
    lines += ["", table(each, [_run(row) for row in rows])]
    return "\n".join([START, *lines, END])


def _line(rows: Sequence[Row], name: str) -> tuple[str, ...]:
    reliant = [row for row in rows if band(row["reliance"]["all"]) == "reliant"]
    clean = [row for row in rows if band(row["reliance"]["all"]) == "clean"]
    single = [row for row in reliant if len(row["flags"]) == 1]
    shares = (
        [bool(raised(row, name)) for row in reliant],
        [bool(raised(row, name) & set(row["flags"])) for row in reliant],
        [raised(row, name) == set(row["flags"]) for row in single],
        [bool(raised(row, name)) for row in clean],
    )
    return WAYS[name], *(str(share(part)) if part else "–" for part in shares)


def _run(row: Row) -> tuple[str, ...]:
    names = (", ".join(sorted(raised(row, name))) or "–" for name in WAYS)
    numbers = f"{row['kept']:.0%}", "–" if row["iou"] is None else f"{row['iou']:.2f}"
    return row["case"], str(row["seed"]), f"{row['reliance']['all']:.2f}", *names, *numbers


def raised(row: Row, name: str) -> set[str]:
    """Flags that a run raises at level 3 or above."""
    return {one["flag"] for one in row[name] if one["level"] >= USES}


def stored() -> str:
    """The section of what has been audited; empty without."""
    rows = [one.row for one in results.read(root() / ROWS)]
    return section(sorted(rows, key=lambda row: (row["case"], row["seed"]))) if rows else ""


def written(page: str, text: str) -> str:
    """The page with the section in its place, before the published numbers where it had none."""
    if START in page:
        before, rest = page.split(START)
        return before + text + rest.split(END)[1]
    return page.replace(BEFORE, f"{text}\n\n{BEFORE}")


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m benchmarks.planted.regions", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="start no run after these")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmark.md")
    options = parser.parse_args(words)
    if options.write:
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), stored()), encoding="utf-8")
    else:
        make(options.seeds, options.minutes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
