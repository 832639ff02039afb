"""Labels from class folders or from a table, where both name them: which count, and where they differ."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from gradcam_core.base.types import Fact, Sample
from gradcam_core.projects.folder.sample_table import Manifest
from gradcam_core.projects.folder.samples import Collected
from gradcam_core.projects.folder.work import Work, count, some

NAMED = 0.5  # share of the pictures that a table has to name to win over the folders
FOLDERS = "folders"
Labels = Mapping[str, str | None]


def label(work: Work, joined: Collected, table: Manifest) -> Collected:
    """The samples of class folders with the labels that count, and a fact where folders and table differ.

    The table's labels count where it names at least half of the pictures, or where the project says so;
    pictures that it does not name are then unlabelled. A table that only calls the folders' classes by
    other names (0 and 1, say) changes nothing.

    Args:
        work: the user's answers; gets the fact.
        joined: samples of class folders, with the table's columns as metadata.
        table: has these columns.
    """
    column, chosen = table.label_column, work.answers.labels_from
    if column is None:
        return joined
    folders: Labels = {one.id: one.label for one in joined.samples}
    told: Labels = {one.id: _text(one, column) for one in joined.samples}
    named = [name for name, value in told.items() if value is not None]
    if renamed(folders, told) and chosen != "table":
        return joined
    wins = chosen == "table" or (chosen is None and len(named) >= NAMED * len(joined.samples))
    work.facts.append(_fact(_column(table) if wins else FOLDERS, chosen is not None, folders, told))
    if not wins:
        return joined
    return replace(joined, samples=[_labelled(one, column, told[one.id]) for one in joined.samples])


def defined_by(work: Work, result: Collected, table: Manifest, known: Sequence[Sample]) -> Collected:
    """The samples that a table defines with the labels that count, and a fact where folders differ.

    Args:
        work: the user's answers; gets the fact.
        result: samples of the table's rows.
        table: their labels are the table's, unless it has none or the project says "folders".
        known: samples of all pictures found, with the names of their folders as labels.
    """
    if not work.scan.classes:
        return result
    by_path = {one.path: one.label for one in known}
    folders = {one.id: by_path.get(one.path) for one in result.samples}
    told = {one.id: one.label for one in result.samples}
    wanted = work.answers.labels_from == "folders"
    if table.label_column is not None and len(work.scan.classes) > 1 and not renamed(folders, told):
        given = work.answers.labels_from is not None
        work.facts.append(_fact(FOLDERS if wanted else _column(table), given, folders, told))
    if table.label_column is not None and not wanted:
        return result
    return replace(result, samples=[replace(one, label=folders[one.id]) for one in result.samples])


def _column(table: Manifest) -> str:
    return f"column {table.label_column!r} of {table.file.name}"


def renamed(folders: Labels, told: Labels) -> bool:
    """Whether the table says nothing else than the folders, in whatever words: one name for each."""
    pairs = {(folders[name], value) for name, value in told.items() if value is not None}
    return len(pairs) == len({one for one, _ in pairs}) == len({other for _, other in pairs})


def disagreement(folders: Labels, told: Labels) -> str:
    """What the table says of the pictures of each folder, with counts; empty where they agree."""
    if renamed(folders, told):
        return ""
    counts: dict[str, Counter[str]] = {}
    for name, value in told.items():
        counts.setdefault(str(folders[name]), Counter())["no row" if value is None else value] += 1
    parts = [
        f"{folder}: {some([f'{value} {n:,}' for value, n in seen.most_common()])}"
        for folder, seen in sorted(counts.items())
    ]
    return f"by folder, the table says {some_of(parts)}"


def some_of(parts: Sequence[str], most: int = 4) -> str:
    """The first of these, and how many more there are."""
    more = f"; and {len(parts) - most} more folders" if len(parts) > most else ""
    return "; ".join(parts[:most]) + more


def _fact(source: str, given: bool, folders: Labels, told: Labels) -> Fact:
    named = sum(value is not None for value in told.values())
    other = "table" if source == FOLDERS else "folders"
    why = f"the table names {named:,} of {count(len(told), 'picture')}; {disagreement(folders, told)}"
    if given:
        return Fact("labels from", source, "given", why)
    warning = (
        f"class folders and the table name other classes: labels are from {source}, {why}; "
        f"to use the other: --labels-from={other}"
    )
    return Fact("labels from", source, "guessed", "", warning)


def _text(sample: Sample, column: str) -> str | None:
    value = sample.metadata.get(column)
    return None if value is None else str(value)


def _labelled(sample: Sample, column: str, value: str | None) -> Sample:
    rest = {name: one for name, one in sample.metadata.items() if name != column}
    return replace(sample, label=value, metadata=rest)
