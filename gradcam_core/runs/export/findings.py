"""The findings as Markdown, for a ticket or a wiki. Every name is text there, no link and no mark-up."""

import math
from collections.abc import Iterator
from pathlib import Path

from gradcam_core.base.text import no_markdown
from gradcam_core.runs.export import EXPORTS, Export
from gradcam_core.runs.findings import Finding, read_findings
from gradcam_core.runs.queries import Rows
from gradcam_core.runs.report.inline import shown_maps
from gradcam_core.runs.report.told import Arm, arms
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import finding_words as words
from gradcam_core.runs.summary import headline
from gradcam_core.runs.summary.finding_said import disagreement, sentence
from gradcam_core.runs.summary.verdict import ranked
from gradcam_core.tasks.wording import spoken

HEAD = "| edit | filler | control moved | edit moved | difference | 95 % | n |"
LINE = f"|{7 * '---|'}"


def _markdown(run: Run, rows: Rows, path: Path) -> None:
    path.write_text("\n\n".join(paragraphs(run)) + "\n", encoding="utf-8")


def paragraphs(run: Run) -> Iterator[str]:
    """Heading, alarms, the sentences of the run, each finding with its edits, what was not found."""
    searched = read_findings(run.path)
    said = headline(run.table, run.manifest, searched, shown_maps(run))
    yield f"# Attention audit of {no_markdown(run.name)}"
    yield from (f"**{no_markdown(alarm)}**" for alarm in run.alarms)
    yield f"**{no_markdown(said.said)}**"
    yield no_markdown(f"{said.answers} {said.heat}")
    found = () if searched is None else ranked(searched.found)
    for entry in found:
        if entry.level:
            yield from _finding(run, entry)
    rest = [one for one in found if not one.level and words.tested(one)]
    if rest:
        yield "## Looked for and not found"
        yield "\n".join(f"- {no_markdown(spoken(words.not_seen(one), run.task))}" for one in rest)
    yield no_markdown(f"Audit {run.id} of {run.created[:10]}.")


def _finding(run: Run, entry: Finding) -> Iterator[str]:
    title = f"{spoken(words.title(entry), run.task)}: {words.level_words(entry.level)}"
    yield f"## {no_markdown(title)}"
    yield no_markdown(spoken(sentence(entry), run.task))
    if math.isfinite(entry.effect):
        interval = words.interval_words(entry)
        parts = (words.effect_words(entry), interval and f"95 % interval {interval}", f"n {entry.n:,}")
        yield no_markdown(", ".join(part for part in parts if part))
    if much := words.reliance_words(entry):
        yield no_markdown(spoken(much, run.task))
    if apart := disagreement(entry):
        yield no_markdown(spoken(apart, run.task))
    if entry.evidence:
        yield "\n".join([HEAD, LINE, *map(_row, arms(entry))])


def _row(arm: Arm) -> str:
    cells = (arm.edit, arm.filler, arm.control, arm.moved, arm.difference, arm.interval, f"{arm.n:,}")
    return f"| {' | '.join(map(no_markdown, cells))} |"


EXPORTS.add("markdown", Export("Findings (Markdown)", ".md", "text/markdown", _markdown, whole=True))
