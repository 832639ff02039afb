"""Tables with several labels per picture: "red|green" in a cell, numbered columns, or 0 and 1 per class."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import pandas as pd

from gradcam_core.base.types import Sample
from gradcam_core.projects.folder.class_order import known_order
from gradcam_core.projects.folder.label_names import given_names, map_labels
from gradcam_core.projects.folder.sample_table import Manifest
from gradcam_core.projects.folder.samples import Collected
from gradcam_core.projects.folder.work import Work, count, some
from gradcam_core.projects.overrides import Uncertain
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.multi_label.label_sets import (
    SEPARATOR,
    UNKNOWN,
    bare,
    from_text,
    in_order,
    says_nothing,
    to_text,
)

TASK = "multi-label"
MADE = "label"  # column that is made of several
SEPARATORS = ("|", ";", ",")
TRUE, FALSE, OPEN = ("1", "1.0", "true"), ("0", "0.0", "false"), ("-1", "-1.0")
_NUMBERED = re.compile(r"^(label|class|category|finding|tag)s?[ _]?\d+$", re.IGNORECASE)
SWITCH = "--task=classification reads a cell as one class"


def joined(work: Work, table: Manifest) -> Manifest:
    """The table with one column of labels made of several, where it has none of its own.

    Several are columns of 0 and 1 (named as classes where these are known), or label_1, label_2, …
    """
    if table.label_column is not None or work.answers.task not in (None, TASK, "classification"):
        return table
    frame, classes = table.frame, known_order(work, told=False)
    numbered = [str(name) for name in frame.columns if _NUMBERED.match(str(name))]
    flags = _flag_columns(frame, table.path_column)
    named = [name for name in classes if name in flags]
    chosen = numbered or (named if named and len(named) == len(classes) else flags)
    if len(chosen) < 2:
        return table
    rows = frame[chosen].to_numpy().tolist()
    texts = list(map(_of_names, rows)) if numbered else _of_rows(work, rows, chosen)
    if single := not any(text == "none" or UNKNOWN in text[:-1] or SEPARATOR in text for text in texts):
        texts = ["" if text == UNKNOWN else text for text in texts]
    if work.answers.task == "classification" and not single:
        return table
    work.fact(
        "label columns",
        some(chosen, 12),
        "guessed",
        "one class per column, 1 where it is there" if not numbered else "one label per column",
    )
    rest = frame.drop(columns=chosen).assign(**{MADE: pd.Series(texts, index=frame.index, dtype=object)})
    return replace(table, frame=rest, label_column=MADE, class_columns=() if numbered else tuple(chosen))


def _flag_columns(frame: pd.DataFrame, path: str) -> list[str]:
    """Columns of 0, 1 and -1; a blank one between them is a class that none of these pictures mentions."""
    names = [str(name) for name in frame.columns]
    places = [place for place, name in enumerate(names) if name != path and _is_flags(frame[name])]
    between = names[places[0] : places[-1]] if places else []
    blank = {name for name in between if frame[name].isna().all()}
    return [name for place, name in enumerate(names) if place in places or name in blank]


def _is_flags(column: pd.Series) -> bool:
    values = column.dropna()
    return len(values) > 0 and set(values.astype(str).str.lower()) <= {*TRUE, *FALSE, *OPEN}


def _of_rows(work: Work, rows: Sequence[Sequence[object]], names: Sequence[str]) -> list[str]:
    """A text for each row of cells: 1 there, 0 not; -1 uncertain beside 0, or not where there is no 0.

    In tables with uncertain cells a blank one says that the class was not mentioned: it is not there.
    """
    cells = [["" if pd.isna(one) else str(one).lower() for one in row] for row in rows]  # type: ignore[call-overload]
    counts = Counter(cell for row in cells for cell in row)
    minus, blank = sum(counts[cell] for cell in OPEN), counts[""]
    if minus and not blank and not any(counts[cell] for cell in FALSE):
        work.fact(
            "-1 in the table", f"{count(minus, 'cell')} say no", "guessed", "there is no 0 beside 1 and -1"
        )
        return [_of_flags(row, names, NEGATIVE) for row in cells]
    if not minus:
        return [UNKNOWN if "" in row else _of_flags(row, names, NEGATIVE) for row in cells]
    rule = work.answers.uncertain or IGNORE
    said = f"{count(minus, 'label')} (-1): {_RULES[rule]}"
    blanks = f"; {count(blank, 'blank cell')}: not mentioned, so not there" if blank else ""
    others = " or ".join(f"--uncertain={one}" for one in _RULES if one != rule)
    given = work.answers.uncertain is not None
    work.fact("uncertain labels", said + blanks, "given" if given else "guessed", f"other rules: {others}")
    return [_of_flags(row, names, rule) for row in cells]


def _of_flags(row: Sequence[str], names: Sequence[str], rule: str) -> str:
    there = (*TRUE, *OPEN) if rule == POSITIVE else TRUE
    marked = OPEN if rule == IGNORE else ()
    found = [
        name if cell in there else f"{UNKNOWN}{name}"
        for name, cell in zip(names, row, strict=True)
        if cell in (*there, *marked)
    ]
    return to_text(found) or "none"


def _of_names(row: Sequence[object]) -> str:
    return to_text(str(one).strip() for one in row if not pd.isna(one)) or "none"  # type: ignore[call-overload]


def _separated(text: str, separator: str) -> list[str]:
    """The names of a cell; quotes and brackets of a list around them are dropped."""
    bare = text.strip().strip("[]{}()")
    parts = bare.split() if separator == " " else bare.split(separator)
    return [part.strip().strip("'\"").strip() for part in parts if part.strip().strip("'\"").strip()]


IGNORE, POSITIVE, NEGATIVE = get_args(Uncertain)
_RULES = {IGNORE: "not counted", POSITIVE: "taken as there", NEGATIVE: "taken as not there"}


@dataclass(frozen=True)
class LabelSets:
    """Labels of a project's samples as sets; ``classes`` in the model's order."""

    samples: tuple[Sample, ...]
    classes: tuple[str, ...]


def label_sets(work: Work, collected: Collected) -> LabelSets | None:
    """The samples with their labels as sets ("red|green", "" for none), or None where each has one class.

    Asked for by ``--task multi-label``, or seen from cells that hold several names which other cells hold,
    too. Cells that say nothing are empty sets; blank ones likewise, unless others say so in words; "?" is
    no label.

    Args:
        work: the user's answers; gets facts.
        collected: samples with the text of their cells as labels; columns that were one class each.

    Raises:
        ProjectError: a name that is in no given or read class order.
    """
    if work.answers.task not in (None, TASK):
        return None
    cells = [one.label for one in collected.samples if one.label is not None]
    columns = collected.class_columns
    known = known_order(work, told=False)
    marked = any(SEPARATOR in cell or cell.startswith(UNKNOWN) for cell in cells)
    asked = work.answers.task == TASK
    separator = SEPARATOR if columns and marked else _separator(cells, known, asked)
    if work.answers.task is None:
        if separator is None and not (columns and any(map(says_nothing, cells))):
            return None
        work.fact("task", TASKS[TASK].title, "guessed", f"cells hold several labels; {SWITCH}")
    order = known_order(work)
    sets = {cell: _set_of(cell, separator, order or columns) for cell in dict.fromkeys(cells)}
    names = Counter(bare(name) for cell in cells for name in sets[cell] or ())
    given = given_names(work.answers.label_names or ())
    classes = order or tuple(columns) or tuple(sorted({given.get(name, name) for name in names}))
    if not order:
        why = "in the order of the columns" if columns else "labels sorted by name"
        work.fact("class order", ", ".join(classes) or "unknown", "guessed", why)
    mapping = map_labels(names, classes, given)
    if mapping.why:
        renamed = [f"{old} = {new}" for old, new in mapping.names.items() if old != new]
        work.fact("label names", some(renamed), "guessed", mapping.why)
    texts = {
        cell: None
        if found is None
        else in_order((_renamed(name, mapping.names) for name in found), classes)
        for cell, found in sets.items()
    }
    blank = None if any(found == () for found in sets.values()) or not cells else ""
    samples = tuple(
        replace(one, label=blank if one.label is None else texts[one.label]) for one in collected.samples
    )
    _facts(work, collected.samples, samples, blank, separator)
    return LabelSets(samples, classes)


def _renamed(name: str, names: Mapping[str, str]) -> str:
    return name.replace(bare(name), names[bare(name)], 1)


def _set_of(cell: str, separator: str | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """The names in a cell; None where it says that nothing is known."""
    if cell in known:
        return (cell,)
    if cell.strip() == UNKNOWN:
        return None
    if says_nothing(cell):
        return ()
    parts = _separated(cell, separator) if separator else [cell]
    return tuple(
        dict.fromkeys(part for part in parts if bare(part) in known or not says_nothing(bare(part)))
    )


def _separator(cells: Sequence[str], known: Sequence[str], asked: bool) -> str | None:
    """What stands between names: the first of | ; , that does, or a space; None where nothing does."""
    different = [cell for cell in dict.fromkeys(cells) if cell not in known]
    for separator in SEPARATORS:
        split = [_separated(cell, separator) for cell in different]
        several = [parts for parts in split if len(parts) > 1]
        single = {parts[0] for parts in split if len(parts) == 1}
        if several and (asked or _recurs(several, {*single, *known})):
            return separator
    split = [_separated(cell, " ") for cell in different]
    several = [parts for parts in split if len(parts) > 1 and not says_nothing(" ".join(parts))]
    single = {parts[0] for parts in split if len(parts) == 1} | set(known)
    parts = {part for found in several for part in found}
    return " " if parts and len(parts & single) >= (1 if asked else 2) * len(parts) / 2 else None


def _recurs(several: Sequence[Sequence[str]], names: Container[str]) -> bool:
    """A name of a cell with several is also a cell of its own, a known class, or in another such cell."""
    seen = Counter(part for parts in several for part in set(parts))
    return any(number > 1 or part in names for part, number in seen.items())


def _facts(
    work: Work, given: Iterable[Sample], samples: Sequence[Sample], blank: str | None, separator: str | None
) -> None:
    counts = Counter(name for one in samples for name in from_text(one.label or ""))
    empty, missing = sum(one.label == "" for one in samples), sum(one.label is None for one in samples)
    value = ", ".join(f"{name} {number:,}" for name, number in sorted(counts.items())) or "none"
    how = {None: "", " ": "names between spaces"}.get(separator, f"names between “{separator}”")
    parts = [how, f"{count(empty, 'picture')} with no finding" if empty else ""]
    warnings = [f"{count(missing, 'sample')} without labels" if missing else ""]
    unsaid = sum(one.label is None for one in given)
    if unsaid and blank == "":
        warnings.append(
            f"{count(unsaid, 'blank cell')} taken as no finding; write ? where the labels are not known"
        )
    warning = "; ".join(filter(None, warnings))
    work.fact("labels", value, "read", "; ".join(filter(None, parts)), warning)
