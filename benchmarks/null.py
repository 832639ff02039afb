"""How often the whole chain says "the model uses it" of models that use nothing, and of models that do.

Numbers only, no networks and no pictures: edit tables and hints are drawn, then go through the same
``conclude`` as those of a run (tests, family, levels, folding). Under the null edit and control change a
sample's answer equally often; how often differs between samples, edits and fillers, which are alike within
a sample, and samples may share a patient. Suspicions are what looked best among many on the searched half.

    python -m benchmarks.null --runs 2000 --write docs/benchmark-null.md
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binomtest

from gradcam_core.base.types import Doubles
from gradcam_core.edits import CHECKS
from gradcam_core.findings.conclude import conclude
from gradcam_core.findings.material import Hint
from gradcam_core.runs.findings import USES, Finding

GENERAL: Mapping[str, tuple[str, ...]] = {
    "background-swap": ("swap", "swap-tiles"),
    "border-crop": ("ring", "zoom"),
    "photometry": ("colour:shift", "colour:gain", "contrast:scale", "contrast:curve"),
}
SWAP = "background-swap"
UNUSUAL = 0.01
SEARCHED = 20  # places that are looked at before the best become suspicions
SIZES, EFFECTS = (60, 120, 200, 400), (0.1, 0.15, 0.2, 0.3, 0.5)


@dataclass(frozen=True)
class World:
    """One kind of run.

    Attributes:
        samples: in both halves together.
        classes: 2 and more; from 3 on edits are also tested within each.
        suspicions: how many spots the search puts forward.
        patient: samples per patient; those of one patient are alike.
        effect: share of samples that the background swap changes and its control does not; 0: the null.
    """

    samples: int = 200
    classes: int = 2
    suspicions: int = 2
    patient: int = 1
    effect: float = 0.0


@dataclass(frozen=True)
class Block:
    """One edit, for one suspicion or none: (F, 2, N) what edit and control of each filler changed."""

    edit: str
    suspicion: str
    fillers: tuple[str, ...]
    changed: NDArray[np.bool_]


NULLS = (
    World(),
    World(classes=5),
    World(samples=90, suspicions=4),
    World(samples=400, suspicions=6, classes=12),
    World(patient=3, samples=240),
)


def drawn(world: World, rng: np.random.Generator) -> tuple[list[Hint], pd.DataFrame]:
    """Hints and the edit table of one run."""
    unit = np.arange(world.samples) // world.patient
    searched = rng.permutation(world.samples)[unit] % 2 == 0
    ease = rng.normal(size=world.samples)[unit]  # some samples, and patients, change easily
    arms = partial(_arms, ease, rng=rng)
    blocks = [
        Block(edit, "", fillers, arms(len(fillers), effect=world.effect if edit == SWAP else 0.0))
        for edit, fillers in GENERAL.items()
    ]
    hints = [_hint(flag, "", rng) for flag in ("background", "border")]
    for number in range(world.suspicions):
        label = f"c{number % world.classes}"
        name = f"fixed-marker/{label}/data-{number}"
        hints.append(_hint("fixed-marker", name, rng, label=label))
        tried = [arms(2) for _ in range(SEARCHED // world.suspicions)]
        best = max(tried, key=lambda one: one[:, 0, searched].mean() - one[:, 1, searched].mean())
        blocks += [Block("spot-removal", name, ("inpaint", "tiles"), best)]
        blocks += [Block("patch-insertion", name, ("average", "crop"), arms(2))]
    labels = [f"c{row}" for row in rng.integers(0, world.classes, world.samples)]
    people = {
        "sample_id": [f"s{row}" for row in range(world.samples)],
        "label": labels,
        "half": np.where(searched, "discover", "confirm"),
        "unit": [f"p{row}" for row in unit],
    }
    return hints, _table(people, blocks, rng)


def _arms(ease: Doubles, fillers: int, rng: np.random.Generator, effect: float = 0.0) -> NDArray[np.bool_]:
    """(F, 2, N) whether edit and control of every filler change a sample's answer.

    Equally often, but for the share ``effect`` of samples that the edit arm changes as well.
    """
    n = len(ease)
    rough = rng.normal(-1.6, 0.7) + rng.normal(0, 0.3, (fillers, 1, 1))  # about 2 to 30 % of the answers
    push = 0.5 * ease + 0.5 * rng.normal(size=n) + 0.7 * rng.normal(size=(fillers, 2, n))
    changed = push + rough > 0
    changed[:, 0] |= rng.random(n) < effect
    return changed


def _table(people: Mapping[str, Any], blocks: Sequence[Block], rng: np.random.Generator) -> pd.DataFrame:
    """The columns of ``edits.parquet`` that conclusions read; one percent of the rows is unusual."""
    changed = np.concatenate([block.changed.reshape(-1, len(people["label"])) for block in blocks])
    arms, n = changed.shape
    said = {
        name: np.repeat([value for block in blocks for value in values(block)], n)
        for name, values in {
            "edit": lambda one: [one.edit] * 2 * len(one.fillers),
            "suspicion": lambda one: [one.suspicion] * 2 * len(one.fillers),
            "filler": lambda one: np.repeat(one.fillers, 2),
            "arm": lambda one: ["edit", "control"] * len(one.fillers),
        }.items()
    }
    flipped = changed.ravel()
    before = np.tile(people["label"], arms)
    return pd.DataFrame(
        {
            **{name: np.tile(values, arms) for name, values in people.items()},
            **said,
            "target": "other",
            "predicted_before": before,
            "predicted_after": np.where(flipped, "other", before),
            "margin_before": 1.0,
            "margin_after": np.where(flipped, -1.0, 1.0),
            "flipped": flipped,
            "unusual": rng.random(len(flipped)) < UNUSUAL,
        }
    )


def _hint(flag: str, suspicion: str, rng: np.random.Generator, label: str | None = None) -> Hint:
    """Of heat or data, strong or not, and harm now and then: what is found without any use."""
    kind = str(rng.choice(["heat", "data"]))
    strong, p = bool(rng.random() < 0.5), float(rng.random() ** 4)
    return Hint(flag, kind, strong, "Drawn.", 0.5, "drawn", 60, p=p, label=label, suspicion=suspicion)


def concluded(world: World, seed: int) -> list[Finding]:
    """The findings of one drawn run."""
    hints, table = drawn(world, np.random.default_rng(seed))
    return conclude(hints, table, checks=CHECKS)


def uses(found: list[Finding], flag: str = "") -> bool:
    """Some finding (with that flag) says that the model uses something."""
    return any(one.level >= USES and flag in ("", one.flag) for one in found)


def alarms(world: World, runs: int, seed: int) -> int:
    """How many of ``runs`` drawn runs reach level 3 with any finding."""
    return sum(uses(concluded(world, seed + run)) for run in range(runs))


def power(world: World, runs: int, seed: int) -> int:
    """How many of ``runs`` reach level 3 with the background, which the drawn model uses."""
    return sum(uses(concluded(world, seed + run), "background") for run in range(runs))


def report(runs: int, planted: int, seed: int) -> Iterator[str]:
    """Lines of Markdown: the error rate of every world, then power by size and effect."""
    yield "# Error rate and power without networks\n"
    yield (
        f"Made by `python -m benchmarks.null --runs {runs} --planted {planted} --seed {seed}`:\n"
        "drawn edit tables and hints through the whole chain. A run counts where any finding reaches\n"
        "level 3; promised: at most 2 %.\n"
    )
    yield "| drawn runs in which nothing is used | runs | level 3 | share (exact 95 % interval) |"
    yield "| --- | --- | --- | --- |"
    each, total = runs // len(NULLS), 0
    for number, world in enumerate(NULLS):
        hits = alarms(world, each, seed + 1_000_000 * number)
        total += hits
        yield f"| {_words(world)} | {each} | {hits} | {_share(hits, each)} |"
    whole = each * len(NULLS)
    yield f"| all | {whole} | {total} | {_share(total, whole)} |\n"
    yield f"Planted: share of samples that a swap changes; {planted} runs a cell, found at level 3.\n"
    yield "| samples | " + " | ".join(f"{effect:.0%}" for effect in EFFECTS) + " |"
    yield "| --- " * (len(EFFECTS) + 1) + "|"
    for size in SIZES:
        worlds = [World(samples=size, effect=effect) for effect in EFFECTS]
        found = [power(world, planted, seed + 7_000_000) / planted for world in worlds]
        yield f"| {size} | " + " | ".join(f"{share:.0%}" for share in found) + " |"


def _words(world: World) -> str:
    grouped = f", {world.patient} per patient" if world.patient > 1 else ""
    return f"{world.samples} samples, {world.classes} classes, {world.suspicions} suspicions{grouped}"


def _share(hits: int, n: int) -> str:
    low, high = binomtest(hits, n).proportion_ci(method="exact")
    return f"{hits / n:.1%} ({low:.1%}–{high:.1%})"


def main() -> None:
    """Print the report, or write it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=2000, help="runs in which nothing is used, in all")
    parser.add_argument("--planted", type=int, default=40, help="runs per size and effect")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, help="Markdown file")
    args = parser.parse_args()
    show = partial(print, flush=True)
    lines = []
    for line in report(args.runs, args.planted, args.seed):
        show(line)
        lines.append(line)
    if args.write:
        args.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
