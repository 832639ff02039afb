"""Findings as a report tells them: sentence, number, example strips, and what stands behind."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.base.text import in_percent
from gradcam_core.base.types import MapSet
from gradcam_core.images import data_url, encode_jpeg, read_rgb
from gradcam_core.runs.examples import FOLDER, ExamplePictures, key, read_examples
from gradcam_core.runs.findings import LEVELS, USES, Finding, Searched
from gradcam_core.runs.report.answers import truth_said
from gradcam_core.runs.report.overlays import heated_example
from gradcam_core.runs.report.wanted import Wanted
from gradcam_core.runs.store import Run
from gradcam_core.runs.summary import finding_words as words
from gradcam_core.runs.summary.example_said import answer, legend
from gradcam_core.runs.summary.finding_said import disagreement, points, sentence
from gradcam_core.runs.summary.verdict import ranked
from gradcam_core.tasks.wording import spoken

QUALITY = 88
FEW = 3  # findings on the one page for an owner
STRIPS = {"all": 3, "owner": 1}


@dataclass(frozen=True)
class Box:
    """One picture of a strip: what it is, what the model says of it, whether that changed, its URL."""

    kind: str
    said: str
    moved: bool
    picture: str


@dataclass(frozen=True)
class Strip:
    """Picture, heat, edited picture, control; and below them which edit it was."""

    boxes: tuple[Box, ...]
    note: str


@dataclass(frozen=True)
class Arm:
    """One edit with one filler, as a row of a table."""

    edit: str
    filler: str
    control: str
    moved: str
    difference: str
    interval: str
    n: int


@dataclass(frozen=True)
class Told:
    """One finding in words and pictures."""

    level: int
    title: str
    said: str
    effect: str
    interval: str
    n: int
    apart: str
    marks: tuple[str, ...]
    legend: str
    strips: tuple[Strip, ...]
    measure: str
    statement: str
    arms: tuple[Arm, ...]


@dataclass(frozen=True)
class Quiet:
    """One thing that was looked for and not found, and how much could have been missed."""

    title: str
    n: int
    missed: str
    not_seen: str
    statement: str


def told(run: Run, searched: Searched | None, wanted: Wanted, map_set: MapSet) -> tuple[Told, ...]:
    """The findings above level 0, strongest first; for an owner the few in use, else the first."""
    if searched is None or wanted.blind:
        return ()
    order = [entry for entry in ranked(searched.found) if entry.level]
    if wanted.audience == "owner":
        order = [entry for entry in order if entry.level >= USES][:FEW] or order[:1]
    return tuple(_told(run, entry, wanted, map_set) for entry in order)


def quiet(run: Run, searched: Searched | None, wanted: Wanted) -> tuple[tuple[Quiet, ...], str]:
    """(what was tested and not found, the names of what could not be tested)."""
    rest = [] if searched is None or wanted.blind else [one for one in searched.found if not one.level]
    rows = tuple(
        Quiet(
            *(spoken(words.title(one), run.task), one.n),
            *(words.missed(one), spoken(words.not_seen(one), run.task), spoken(one.statement, run.task)),
        )
        for one in rest
        if words.tested(one)
    )
    untested = ", ".join(words.title(one) for one in rest if not words.tested(one))
    return rows, spoken(untested, run.task)


def _told(run: Run, entry: Finding, wanted: Wanted, map_set: MapSet) -> Told:
    kept = [one for one in read_examples(run.path) if one.finding == key(entry)]
    shown = kept[: STRIPS[wanted.audience]]
    marks = [f"level {entry.level}: {LEVELS[entry.level]}"]
    marks += ["estimated regions"] if entry.estimated else []
    marks += ["exploratory"] if entry.exploratory else []
    return Told(
        level=entry.level,
        title=spoken(words.title(entry), run.task),
        said=spoken(sentence(entry), run.task),
        effect=words.effect_words(entry) if math.isfinite(entry.effect) else "",
        interval=words.interval_words(entry),
        n=entry.n,
        apart=spoken(disagreement(entry), run.task),
        marks=tuple(marks),
        legend=legend(shown[0]) if shown else "",
        strips=tuple(_strip(run, one, wanted, map_set) for one in shown),
        measure=spoken(words.measure_words(entry), run.task),
        statement=spoken(f"{entry.statement} {words.reliance_words(entry)}".strip(), run.task),
        arms=tuple(arms(entry)),
    )


def _strip(run: Run, one: ExamplePictures, wanted: Wanted, map_set: MapSet) -> Strip:
    row = _row(run, one.sample_id)
    truth = "original" if row is None else truth_said(run.table.iloc[row], run)
    said = (
        answer(one.before, one.share_before, one.before, one.number),
        answer(one.after, one.share_after, one.before, one.number),
        answer(one.after_control, one.share_control, one.before, one.number),
    )
    edited = spoken(words.edit_words(one.edit), run.task)
    changed = one.before is None or one.after != one.before
    boxes = (
        Box(truth, said[0], False, _kept(run, one.original)),
        Box("its heat", "", False, _heated(run, row, one.original, map_set)),
        Box(edited, said[1], changed, _kept(run, one.edited)),
        Box("control edit", said[2], one.after_control != one.before, _kept(run, one.control)),
    )
    name = f"{one.sample_id} · " if wanted.with_names else ""
    return Strip(boxes, f"{name}{edited} ({one.filler})")


def _row(run: Run, sample_id: str) -> int | None:
    found = (run.table["sample_id"] == sample_id).to_numpy().nonzero()[0]
    return int(found[0]) if len(found) else None


def _kept(run: Run, name: str) -> str:
    try:
        return data_url(encode_jpeg(read_rgb(inside(run.path / FOLDER, name)), QUALITY))
    except (AuditError, OSError):
        return ""


def _heated(run: Run, row: int | None, name: str, map_set: MapSet) -> str:
    try:
        drawn = None if row is None else heated_example(run, row, name, map_set)
        return "" if drawn is None else data_url(encode_jpeg(drawn, QUALITY))
    except (AuditError, OSError):
        return ""


def arms(entry: Finding) -> Iterator[Arm]:
    """Every edit of a finding with its filler, both rates and their difference, in words."""
    for one in entry.evidence:
        known = all(math.isfinite(end) for end in one.interval)
        low, high = (round(100 * end) if known else 0 for end in one.interval)
        yield Arm(
            edit=words.edit_words(one.edit),
            filler=one.filler,
            control=in_percent(one.control_rate),
            moved=in_percent(one.edit_rate),
            difference=points(one.difference),
            interval=f"{low} to {high}" if known else "–",
            n=one.n,
        )
