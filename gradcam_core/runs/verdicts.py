"""What people said of the samples and findings of a run: acts of its project, matched by content."""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.runs.content import file_hash
from gradcam_core.runs.findings import Finding
from gradcam_core.runs.pictures import believed
from gradcam_core.runs.reviews import FILE, VARIABLE
from gradcam_core.runs.store import Run

if TYPE_CHECKING:  # SQLAlchemy is imported by those who ask for verdicts only
    from gradcam_core.runs.reviews.acts import Act
    from gradcam_core.runs.reviews.store import Reviews

COLUMNS = ("kind", "sample_id", "verdict", "comment", "reviewer", "time", "run", "hash")
MOST_SEARCHED = 20_000  # samples of a run in which pictures with another name are looked for
OF_PICTURES = ("sample", "region")  # kinds of acts that hang on the content of one picture
OF_OBJECT = ("cells", "boxes")  # what makes an object on a picture this one


@dataclass(frozen=True)
class Placed:
    """Acts of a project as they bear on one run.

    Attributes:
        here: standing and undone acts on what the run holds, under the run's own ids.
        changed: acts under an id of the run whose content is another one now.
        gone: acts on what the run does not hold.
    """

    here: tuple["Act", ...]
    changed: tuple["Act", ...]
    gone: tuple["Act", ...]


def has_reviews(run: Run) -> bool:
    """Whether anybody may have said anything: asked without the libraries of the database."""
    return bool(os.environ.get(VARIABLE, "").strip()) or (run.path.parent / FILE).exists()


def reviews_of(run: Run) -> "Reviews":
    """The database in which the verdicts of a run are kept."""
    from gradcam_core.runs.reviews.store import beside

    return beside(run.path.parent)


Roots = Sequence[Path] | None


def contents(
    run: Run, table: pd.DataFrame, sample_ids: Iterable[str], roots: Roots = None
) -> dict[str, str]:
    """Sample id -> SHA-256 of what these samples are now: the picture's file; of an object its cells too.

    Args:
        run: the run.
        table: its table, or the rows and columns that matter.
        sample_ids: which samples; those whose file cannot be read are left out.
        roots: the only folders whose projects may be read; None: those of ``GRADCAM_ROOTS``, if set.
    """
    try:
        root = believed(str(run.root), paths.roots() if roots is None else roots)
    except AuditError:
        return {}
    wanted = table[table["sample_id"].isin(set(sample_ids))]
    parts = [name for name in OF_OBJECT if name in table]
    found = {}
    for row in wanted[["sample_id", "path", *parts]].to_dict("records"):
        if digest := file_hash(root, str(row["path"])):
            found[str(row["sample_id"])] = _with(digest, [str(row[name]) for name in parts])
    return found


def _with(digest: str, parts: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join([digest, *parts]).encode()).hexdigest() if parts else digest


def finding_key(entry: Finding) -> str:
    """What a finding is about, the same in every run that has it: flag, class, suspicion and cells."""
    about = [entry.label or "", entry.suspicion, [list(map(int, cell)) for cell in entry.cells]]
    return f"{entry.flag}/{json.dumps(about, ensure_ascii=False)}"


def finding_contents(found: Iterable[Finding]) -> dict[str, str]:
    """Key -> SHA-256 of what each finding says, level and numbers included."""
    return {finding_key(one): hashlib.sha256(_saying(one).encode()).hexdigest() for one in found}


def _saying(entry: Finding) -> str:
    return f"{entry.level}\x1f{entry.statement}"


def placed(
    run: Run, table: pd.DataFrame, found: Iterable[Finding], acts: Sequence["Act"], roots: Roots = None
) -> Placed:
    """Which of a project's acts bear on this run; ``roots`` as for :func:`contents`.

    A picture is known by its content; one that has another name in this run is found where the run has at
    most 20,000 samples. Of samples with the same content the one with the same id counts, else the first.
    """
    asked = {act.sample for act in acts if act.kind in OF_PICTURES}
    now = contents(run, table, asked, roots)
    findings = finding_contents(found)
    lost = {act.hash for act in acts if act.kind in OF_PICTURES and now.get(act.sample) != act.hash}
    moved = _elsewhere(run, table, lost, set(now), roots)
    here: list[Act] = []
    changed: list[Act] = []
    gone: list[Act] = []
    for act in acts:
        known: Mapping[str, str] = findings if act.kind == "finding" else now
        if act.kind == "shared region" or known.get(act.sample) == act.hash:
            here.append(act)
        elif act.kind in OF_PICTURES and act.hash in moved:
            here.append(replace(act, sample=moved[act.hash]))
        else:
            (changed if act.sample in known else gone).append(act)
    return Placed(tuple(here), tuple(changed), tuple(gone))


def _elsewhere(
    run: Run, table: pd.DataFrame, lost: set[str], judged: set[str], roots: Roots
) -> dict[str, str]:
    """Content -> id of the samples that have one of these contents under an id nobody judged."""
    if not lost or len(table) > MOST_SEARCHED:
        return {}
    by_content: dict[str, str] = {}
    for name, content in contents(run, table, set(table["sample_id"]) - judged, roots).items():
        if content in lost:
            by_content.setdefault(content, name)
    return by_content


def frame(acts: Iterable["Act"]) -> pd.DataFrame:
    """One row per act: kind, sample_id, verdict, comment, reviewer, time, run, hash."""
    columns: dict[str, list[Any]] = defaultdict(list)
    for act in acts:
        for name in COLUMNS:
            columns[name].append(act.sample if name == "sample_id" else getattr(act, name))
    return pd.DataFrame({name: columns[name] for name in COLUMNS}).astype("str")


def verdicts(run: Run, found: Iterable[Finding]) -> tuple[pd.DataFrame, Placed]:
    """What holds now of a run's samples and findings (as :func:`frame`), and the acts behind it.

    Raises:
        AuditError: the database cannot be reached.
    """
    from gradcam_core.runs.reviews.acts import current

    names = ["sample_id", "path", *(name for name in OF_OBJECT if name in run.table)]
    acts = placed(run, run.table[names], found, reviews_of(run).acts(run.name))
    return frame(current(acts.here)), acts
