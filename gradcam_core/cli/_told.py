"""What a search found, said on the terminal."""

import sys
from collections.abc import Sequence
from pathlib import Path

from gradcam_core.cli._say import say
from gradcam_core.runs import findings
from gradcam_core.runs.findings import LEVELS, Finding
from gradcam_core.runs.store import open_run
from gradcam_core.runs.summary import headline


def tell(path: Path, found: Sequence[Finding]) -> None:
    """The headline of the run in ``path``, then one paragraph per finding."""
    run, searched = open_run(path), findings.read_findings(path)
    said = headline(run.table, run.manifest, searched, run.map_sets[0]).said
    say(f"{said}\n\n{text(found)}")


def warn(path: Path) -> None:
    """The run's alarms, and what part of it was searched, on standard error."""
    for said in open_run(path).alarms:
        say(f"ALARM: {said}", sys.stderr)
    searched = findings.read_findings(path)
    if searched is not None and (part := findings.part_searched(searched.facts)):
        print(f"{part[0].upper()}{part[1:]}, labels in equal numbers.", file=sys.stderr)


def text(found: Sequence[Finding]) -> str:
    """One paragraph per finding, strongest first."""
    return "\n".join(
        f"[{entry.level} {LEVELS[entry.level]}] {entry.title}"
        f"{f' ({entry.label})' if entry.label else ''}: {entry.statement}"
        for entry in found
    )
