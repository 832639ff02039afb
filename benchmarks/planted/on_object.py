"""python -m benchmarks.planted.on_object: cues on the object alone; the search for parts and its two edits.

Small networks (48 pixels, a head on one shared backbone), audited as usual; of the findings only those
about parts are made, which takes seconds instead of a minute. Prints the table of docs/benchmark-parts.md.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planted.cache import Trained
from benchmarks.planted.cases import Case, choose
from benchmarks.planted.prepare import Size, prepare
from benchmarks.planted.project import as_project
from benchmarks.planted.train import NETS, Effort
from gradcam_core.auditing.pipeline import audit
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.one_pass import OnePass
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.findings.conclude.edit_tests import EditTest, edit_tests
from gradcam_core.findings.investigate import open_model
from gradcam_core.findings.loading import gather, load_pictures
from gradcam_core.findings.scenes import searched_scenes
from gradcam_core.findings.search import WORTH, parts
from gradcam_core.findings.subset import searched_subset
from gradcam_core.runs.project import network_inputs
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.tasks.options import AuditOptions

CASES = ("15", "16", "K1", "K7", "K8")
EDITS = ("part-removal", "part-insertion")
HEAD = ("case", "seed", "reliance", "V", "removed (points)", "pasted in (points)", "level 3")


@dataclass(frozen=True)
class Found:
    """What the search for parts and its edits say of one trained case."""

    trained: Trained
    strength: float
    tests: Sequence[EditTest]

    @property
    def confirmed(self) -> bool:
        return any(test.confirmed for test in self.tests)

    def row(self) -> str:
        """A line of the table; of several suspicions the strongest effect."""
        moved = [
            max((100 * t.weakest.difference for t in self.tests if t.edit == name), default=None)
            for name in EDITS
        ]
        told = ["–" if value is None else f"{value:+.0f}" for value in moved]
        strength = f"{self.strength:.2f}" if self.strength else "–"
        case = [self.trained.case.name, str(self.trained.seed), f"{self.trained.reliance:.2f}", strength]
        return f"| {' | '.join([*case, *told, 'yes' if self.confirmed else 'no'])} |"


def look(case: Case, seed: int, size: Size) -> Found:
    """Train, audit, search for parts, edit them."""
    trained = prepare(case, seed, size)
    project = as_project(trained.folder, case, seed, size.test)
    run = open_redrawn(audit(project, AuditOptions(), trained.folder / "runs").path)
    subset = searched_subset(run)
    with tempfile.TemporaryDirectory() as folder:
        pictures, read = load_pictures(subset, Path(folder), _silent)
        material = gather(subset, pictures, read, _silent)
        leads = [lead.suspicion for lead in parts.search(material, seed) if lead.suspicion]
        worth = [one for one in leads if one.strength >= WORTH]
        if not worth:
            return Found(trained, max((one.strength for one in leads), default=0.0), ())
        model = OnePass(open_model(run), network_inputs(run))
        scenes = searched_scenes(subset, material, pictures)
        table = run_checks(scenes, model.predict, model.embed, worth, only=EDITS, seed=seed)
    return Found(trained, max(one.strength for one in worth), edit_tests(table, CHECKS))


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody waits."""


def summary(found: Sequence[Found]) -> Iterator[str]:
    """How many runs that follow the cue were found, and how many that do not were called."""
    for name, low, high in (("the cue decides half or more", 0.5, 1.1), ("less than 10 %", 0.0, 0.1)):
        own = [one for one in found if low <= one.trained.reliance < high]
        yield f"{name}: level 3 in {sum(one.confirmed for one in own)} of {len(own)}"


def main(words: Sequence[str] | None = None) -> None:
    """Print the table, a line as soon as it is known."""
    parser = argparse.ArgumentParser("python -m benchmarks.planted.on_object", description=__doc__)
    parser.add_argument("--cases", nargs="*", default=CASES)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args(words)
    size = Size(Effort(), 400, 300, NETS[0], shared=True)
    print(f"| {' | '.join(HEAD)} |\n| {' | '.join(['---'] * len(HEAD))} |", flush=True)
    found = []
    for seed in range(options.first, options.first + options.seeds):
        for case in choose(list(options.cases)):
            found.append(look(case, seed, size))
            print(found[-1].row(), flush=True)
    print("\n" + "\n".join(summary(found)))


if __name__ == "__main__":
    main()
