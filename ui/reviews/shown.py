"""What the reader may see of the verdicts on a run. Read anew when an act was added, and once a minute."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.runs.findings import FINDINGS
from gradcam_core.runs.reviews.acts import WORDS, Act, Kind, current, standing, visible, words_of
from gradcam_core.runs.reviews.store import Reviews
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import Placed, placed, reviews_of
from ui import data
from ui.reviews import who


@dataclass(frozen=True)
class Shown:
    """Verdicts as this reader sees them.

    Attributes:
        now: the current acts that the reader may see.
        hidden: (kind, id) -> how many others have said something that is not shown yet.
        mine: (kind, id) -> the reader's own standing acts, oldest first.
        everybody: all current acts, for agreement and progress.
        changed: acts on what has another content now.
        gone: acts on what this run does not hold.
        words: the project's four.
        blind: others' verdicts are hidden until the reader's own is given.
        problem: why the database cannot be read; "" where it can.
    """

    now: tuple[Act, ...] = ()
    hidden: Mapping[tuple[Kind, str], int] = field(default_factory=dict)
    mine: Mapping[tuple[Kind, str], tuple[Act, ...]] = field(default_factory=dict)
    everybody: tuple[Act, ...] = ()
    changed: tuple[Act, ...] = ()
    gone: tuple[Act, ...] = ()
    words: tuple[str, ...] = WORDS
    blind: bool = False
    problem: str = ""

    def of(self, kind: Kind, name: str) -> list[Act]:
        """What holds of one sample or finding and may be seen."""
        return [act for act in self.now if (act.kind, act.sample) == (kind, name)]


def of(run: Run) -> Shown:
    """The verdicts on a run and its findings; a database that cannot be read is a sentence."""
    try:
        reviews = reviews_of(run)
        settings = reviews.settings(run.name)
        acts = _placed(str(run.path), reviews, run.name, reviews.count(run.name), _findings_of(run))
    except AuditError as error:
        return Shown(problem=f"Verdicts cannot be read: expected {error.expected}; found {error.found}.")
    return seen(acts, settings, who.reviewer())


def seen(acts: Placed, settings: Mapping[str, Any], reader: str) -> Shown:
    """What ``reader`` sees of the acts on a run under the project's settings. Pure."""
    blind = settings.get("blind") is True
    everybody = current(acts.here)
    now = visible(everybody, reader, blind)
    hidden: dict[tuple[Kind, str], int] = {}
    for act in set(everybody) - set(now):
        hidden[act.kind, act.sample] = hidden.get((act.kind, act.sample), 0) + 1
    mine: dict[tuple[Kind, str], tuple[Act, ...]] = {}
    for act in standing(acts.here):
        if act.reviewer == reader:
            mine[act.kind, act.sample] = (*mine.get((act.kind, act.sample), ()), act)
    return Shown(
        tuple(now), hidden, mine, tuple(everybody), acts.changed, acts.gone, words_of(settings), blind
    )  # fmt: skip


def _findings_of(run: Run) -> int:
    return data.stamp(run.path / FINDINGS)


@st.cache_data(max_entries=8, ttl=60, show_spinner=False, hash_funcs={Reviews: lambda one: str(one.url)})
def _placed(path: str, reviews: Reviews, project: str, count: int, findings: int) -> Placed:
    run = open_run(Path(path))
    searched = data.searched(run)
    found = searched.found if searched else ()
    return placed(run, data.table(run), found, reviews.acts(project), paths.roots_of_pages())
