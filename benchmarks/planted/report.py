"""Results -> docs/benchmark.md. Every number in the page comes from the rows."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from benchmarks.planted.ablation import RULES, judge
from benchmarks.planted.cases import CASES
from benchmarks.planted.figures import rank_correlation, share
from benchmarks.planted.prose import INTRODUCTION, NO_ALARM, PUBLISHED, READING
from benchmarks.planted.reliance import BANDS
from benchmarks.planted.results import Result, pick

MAP_SETS = ("classic", "fine")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None or not np.isfinite(value) else f"{value:.{digits}f}"


def mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None and np.isfinite(value)]
    return float(np.mean(known)) if known else float("nan")


def headline(results: Sequence[Result]) -> str:
    groups = {
        "reliant, spatial cues (1–12)": _reliant(results, "spatial"),
        "reliant, non-spatial cues (13–14)": _reliant(results, "non-spatial"),
        "reliant, cue on the object (15, 16)": _reliant(results, "on-object"),
        "reliant, all": pick(results, lambda r: r.band == "reliant"),
        "**clean: false alarms**": clean(results),
        "of these: no cue, or one that is no help (K1–K8)": pick(clean(results), _unplanted),
        "of these: a cue was planted and hardly learned": pick(clean(results), lambda r: not _unplanted(r)),
    }
    rows = [
        (name, *(share([r.level() >= level for r in found]) for level in (2, 3)), _right(found))
        for name, found in groups.items()
    ]
    return table(("runs", "level ≥ 2", "level ≥ 3", "level ≥ 3 with a fitting flag"), rows)


def _unplanted(result: Result) -> bool:
    return result.group == "clean"


def _right(found: Sequence[Result]) -> str:
    return str(share([r.right_flag for r in found])) if any(r.row["flags"] for r in found) else "–"


def _reliant(results: Sequence[Result], group: str) -> Sequence[Result]:
    return pick(results, lambda r: r.group == group and r.band == "reliant")


def clean(results: Sequence[Result]) -> Sequence[Result]:
    """Runs whose network ignores the cue: measured, whatever was planted."""
    return pick(results, lambda r: r.band == "clean")


def per_case(results: Sequence[Result]) -> str:
    rows = []
    for name in CASES:
        runs = pick(results, lambda r, name=name: r.case == name)  # type: ignore[misc]
        if runs:
            flags = Counter(flag for r in runs for flag in r.flags(3))
            raised = ", ".join(f"{flag} {count}" for flag, count in flags.most_common()) or "–"
            levels = " ".join(str(r.level()) for r in sorted(runs, key=lambda r: r.row["seed"]))
            spread = f"{min(r.reliance for r in runs):.2f}–{max(r.reliance for r in runs):.2f}"
            rows.append(
                (name, len(runs), spread, number(mean(r.row["accuracy"] for r in runs)), levels, raised)
            )
    return table(("case", "runs", "reliance", "accuracy", "level per run", "flags at level ≥ 3"), rows)


def dose(results: Sequence[Result]) -> str:
    rows = []
    for name, _ in BANDS:
        runs = pick(results, lambda r, name=name: r.band == name)  # type: ignore[misc]
        found = [share([r.level() >= level for r in runs]) for level in (2, 3)]
        rows.append((name, len(runs), *found, number(mean(r.row["strength"] for r in runs))))
    return table(("measured reliance", "runs", "level ≥ 2", "level ≥ 3", "mean strength"), rows)


def ranks(results: Sequence[Result]) -> str:
    strengths, reliances = [r.row["strength"] for r in results], [r.reliance for r in results]
    return number(rank_correlation(strengths, reliances))


def confusion(results: Sequence[Result]) -> str:
    """Expected flag against the strongest one raised at level 3, over runs that are not clean."""
    runs = pick(results, lambda r: r.band != "clean" and bool(r.row["flags"]))
    counts = Counter((" or ".join(r.row["flags"]), (r.flags(3) or ["none"])[0]) for r in runs)
    raised = sorted({flag for _, flag in counts})
    expected = sorted({flag for flag, _ in counts})
    return table(
        ("expected", *raised),
        [(flag, *(counts[flag, other] or "·" for other in raised)) for flag in expected],
    )


def attribution(results: Sequence[Result]) -> str:
    """Case 11: is the class named that carries the tag?"""
    runs = pick(results, lambda r: r.case.startswith("11") and r.level() >= 3)
    named = [any(f["level"] >= 3 and f["label"] == "frilled" for f in r.row["tested"]) for r in runs]
    return str(share(named))


def maps(results: Sequence[Result]) -> str:
    """Where the hottest cell lies and how high focus is, by the network's own grid and by map set."""
    marked = pick(results, lambda r: r.group == "spatial" and r.band == "reliant")
    rows = []
    for coarse in sorted({r.row["net"]["grid"] for r in results}):
        for name in MAP_SETS:
            reliant, plain = (_with_maps(side, name, coarse) for side in (marked, clean(results)))
            if reliant or plain:
                rows.append((f"{coarse}×{coarse}", name, *_map_cells(reliant, plain, name)))
    head = (
        "network's grid",
        "maps",
        "map grid",
        "runs",
        "peak in cue",
        "far focus, reliant",
        "far focus, clean",
    )
    return table((*head, "raw focus, reliant", "raw focus, clean"), rows)


def _with_maps(results: Sequence[Result], name: str, grid: int) -> Sequence[Result]:
    return pick(results, lambda r: name in r.row["maps"] and r.row["net"]["grid"] == grid)


def _map_cells(reliant: Sequence[Result], plain: Sequence[Result], name: str) -> list[str]:
    def score(runs: Sequence[Result], key: str) -> str:
        return number(mean(r.row["maps"][name][key] for r in runs))

    side = [*reliant, *plain][0].row["maps"][name]["grid"]
    keys = ("far_background_focus", "background_focus")
    scores = [score(runs, key) for key in keys for runs in (reliant, plain)]
    count = f"{len(reliant)} reliant, {len(plain)} clean"
    return [f"{side:.0f}×{side:.0f}", count, score(reliant, "peak_in_cue"), *scores]


def in_cue(results: Sequence[Result]) -> str:
    found = [f for r in results if r.group == "spatial" for f in r.row["tested"] if f["level"] >= 3]
    return str(share([f["in_cue"] for f in found if f["in_cue"] is not None]))


def ablation(results: Sequence[Result]) -> str:
    reliant = _reliant(results, "spatial")
    outcomes = {name: judge(rule, reliant, clean(results)) for name, rule in RULES.items()}
    rows = [(name, out.hits, out.alarms, number(out.area)) for name, out in outcomes.items()]
    return table(("rule", "reliant spatial runs found", "clean runs flagged", "area under ROC"), rows)


def slips(results: Sequence[Result]) -> str:
    """Every miss and every false alarm, by name."""
    lines = [
        f"- missed: {r.case}, seed {r.row['seed']}, reliance {r.reliance:.2f}, level {r.level()}. "
        f"Closest: {_closest(r)}"
        for r in results
        if r.band == "reliant" and r.level() < 3
    ]
    for r in clean(results):
        raised = [f for f in r.row["tested"] if f["level"] >= 2]
        lines += [
            f"- raised on a clean run: {r.case}, seed {r.row['seed']}, reliance {r.reliance:.2f}, "
            f"level {f['level']}: {f['statement']}"
            for f in raised
        ]
    return "\n".join(lines) or "None."


def _closest(result: Result) -> str:
    """The statement of the strongest finding of a run."""
    ordered = sorted(result.row["tested"], key=lambda found: -found["level"])
    return str(ordered[0]["statement"]) if ordered else "no finding above level 0."


def per_clean_run(results: Sequence[Result]) -> str:
    """Mean number of findings per clean run, by level."""
    runs = clean(results)
    counts = [[f["level"] for f in r.row["tested"]] for r in runs]
    ones, twos = (number(mean(levels.count(level) for levels in counts)) for level in (1, 2))
    above = number(mean(sum(level >= 3 for level in levels) for levels in counts))
    return f"{ones} at level 1, {twos} at level 2, {above} at level 3 or above"


def seconds(results: Sequence[Result]) -> str:
    """Mean time per run: what passed and what the processors worked."""
    stages = {"audit": "maps and scores", "findings": "search, edits and conclusions"}
    kinds = ("seconds", "cpu_seconds")
    rows = [
        (title, *(number(mean(r.row[kind][stage] for r in results), 0) for kind in kinds))
        for stage, title in stages.items()
    ]
    training = number(mean(r.row["training_seconds"] for r in results), 0)
    rows.append(("training of the network (not part of an audit)", training, ""))
    return table(("step", "seconds", "processor seconds"), rows)


def write(results: Sequence[Result], command: str, photographs: str = "", calibration: str = "") -> str:
    """The whole page.

    Args:
        results: one row per audited run.
        command: what made them.
        photographs: the section about photograph projects, or "".
        calibration: one sentence about the runs on which thresholds were set, or "".
    """
    seeds = sorted({int(r.row["seed"]) for r in results})
    versions = len({r.row["core"] for r in results})
    facts = (
        f"{len(results)} runs, {len({r.case for r in results})} cases, seeds {seeds[0]} to {seeds[-1]}, "
        f"{versions} version{'s' if versions > 1 else ''} of the audited code. Made by `{command}`. "
        f"{calibration}"
    )
    parts = [
        INTRODUCTION + facts,
        "## Hits and false alarms\n\n" + headline(results),
        f"Findings per clean run: {per_clean_run(results)}. {NO_ALARM}",
        "## By measured reliance\n\n" + dose(results),
        f"Spearman correlation of strength and reliance over all runs: {ranks(results)}.",
        "## What each ingredient adds\n\n" + ablation(results),
        "## Case by case\n\n" + per_case(results),
        "## Which flag\n\n" + confusion(results),
        f"The class that carries the tag is named in case 11: {attribution(results)}. "
        f"Hottest cell of a level ≥ 3 finding on the cue: {in_cue(results)}.",
        "## Classic and fine maps\n\n" + maps(results),
        "## Misses and false alarms\n\n" + slips(results),
        "## Time per run\n\nMeans on the machine that made this page, with whatever else it was doing.\n\n"
        + seconds(results),
        photographs,
        PUBLISHED,
        READING,
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"
