"""A section of the page from run folders of other projects: what the search and the edits said of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.planted.report import number, table
from gradcam_core.runs import findings
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.store import open_run

TITLE = "## Two photograph projects"
WORDS = """Photographs with networks on an ImageNet backbone, searched with the same code and defaults. They
are not in this repository. Measured reliance is the share of predictions that a
background swap changes, as measured apart from this audit where the network was trained."""
HEAD = (
    *("project", "samples", "accuracy", "measured reliance", "edit", "filler", "n", "edited", "control"),
    *("difference", "95 % interval"),
)


def section(runs: Sequence[str]) -> str:
    """The two tables of runs that have been searched with edits.

    Args:
        runs: ``FOLDER`` or ``FOLDER=SHARE`` with the reliance that was measured elsewhere, 0 to 1.

    Raises:
        RunError: a folder is no run, or has not been searched.
    """
    told = [text.rpartition("=") if "=" in text else (text, "", "") for text in runs]
    edits = [row for run, _, truth in told for row in _edits(Path(run), truth)]
    raised = [row for run, *_ in told for row in _raised(Path(run))]
    parts = [TITLE, WORDS, table(HEAD, edits), table(("project", "level", "flag", "statement"), raised)]
    return "\n\n".join(parts)


def _edits(path: Path, truth: str) -> Iterator[tuple[object, ...]]:
    """The background swap filler by filler: the edit that the truth is about."""
    run, found = open_run(path), _findings(path)
    correct = run.table["correct"].dropna()
    right = number(float(correct.astype(float).mean()))
    who = (run.name, len(run.table), right, truth or "–")
    for entry in (e for f in found if f.flag == "background" and not f.label for e in f.evidence):
        low, high = (100 * end for end in entry.interval)
        rates = (f"{100 * rate:.0f} %" for rate in (entry.edit_rate, entry.control_rate))
        points = f"{100 * entry.difference:+.0f} points"
        yield *who, entry.edit, entry.filler, entry.n, *rates, points, f"{low:.0f} to {high:.0f}"


def _raised(path: Path) -> Iterator[tuple[object, ...]]:
    name = open_run(path).name
    for finding in _findings(path):
        if finding.level > 0:
            yield name, finding.level, finding.title, finding.statement.replace("|", "/")


def _findings(path: Path) -> tuple[Finding, ...]:
    searched = findings.read_findings(path)
    return searched.found if searched else ()
