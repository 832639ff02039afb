"""How the pages read a task's answers. One file per task; it draws what classes have no use for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradcam_core.base.registry import Registry
from gradcam_core.runs.store import Run

Row = Mapping[str, Any]
Bars = list[dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """One sample's answer in words, as a card and the Sample page show it.

    Attributes:
        truth: first words of a card, "dog" or "no label"; the answer where both are the same.
        answer: what the model said, behind an arrow; "" where the first words say it.
        verdict: "correct", "wrong", "uncertain", "no label to compare", "not predicted".
        wrong: drawn as an error.
        number: beside the verdict, "0.93"; "" without one.
        sentence: the same in one sentence, without a stop at its end.
    """

    truth: str
    answer: str
    verdict: str
    wrong: bool
    number: str
    sentence: str


def _none(run: Run, row: Row) -> list[tuple[str, str]]:
    return []


def _no_bars(run: Run, place: int, row: Row) -> Bars:
    return []


def _no_panel(run: Run, place: int, row: Row) -> None:
    """Nothing more to show."""


@dataclass(frozen=True)
class Reading:
    """What is particular to one task on the Overview, in the Gallery and on the Sample page.

    Attributes:
        said: (run, row of the table) -> the answer in words. Draws nothing.
        against: draws truth against answer on the Overview, the confusion matrix of classes.
        narrow: that drawing leaves room for the findings beside it.
        lists: field of ``Filters`` -> title of its list of choices in the gallery.
        sliders: columns of the table with limits, before the scores.
        shares: those of them whose ends are 0 and 1; the others' are their extent in the run.
        sorts: column -> title of what one can order by besides the scores, also the title of a filter.
        worst: columns whose largest values speak against the model.
        on_card: columns whose value a card shows in any case.
        below: what stands below a card's picture, the focus ruler apart.
        groups: what the focus is grouped by, "class".
        explained: choices of what the maps explain -> words; empty where those are the classes.
        bars: (run, row position, row) -> the bars beside the pictures of one sample.
        bars_title: above them; "" leaves the section out.
        facts: (run, row) -> further lines of facts about one sample.
        panel: (run, row position, row) draws further things below the pictures of one sample.
    """

    said: Callable[[Run, Row], Said]
    against: Callable[[Run], None]
    narrow: Callable[[Run], bool]
    lists: Mapping[str, str] = field(default_factory=dict)
    sliders: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    sorts: Mapping[str, str] = field(default_factory=dict)
    worst: tuple[str, ...] = ()
    on_card: tuple[str, ...] = ()
    below: str = "confidence"
    groups: str = "class"
    explained: Mapping[str, str] = field(default_factory=dict)
    bars: Callable[[Run, int, Row], Bars] = _no_bars
    bars_title: str = ""
    facts: Callable[[Run, Row], list[tuple[str, str]]] = _none
    panel: Callable[[Run, int, Row], None] = _no_panel

    def explains(self, explain: str) -> str:
        """What the maps of a run explain, out of its manifest, in words."""
        if not self.explained:
            return f"explained class: {explain}"
        return f"explained: {self.explained.get(explain, explain)}"


READINGS: Registry[Reading] = Registry("reading", __name__)
PLAIN = "classification"  # of runs older than tasks, and of tasks without a reading of their own


def of(run: Run) -> Reading:
    """How the pages read this run."""
    return of_task(run.task)


def of_task(task: str) -> Reading:
    """How the pages read a task."""
    return READINGS[task if task in READINGS else PLAIN]
