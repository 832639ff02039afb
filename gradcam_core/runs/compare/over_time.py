"""Several runs of one kind of model, cue by cue: what each audit's own edits showed. Pure.

Nothing is paired here: each number belongs to the samples that its audit edited. Whether a change between
two audits is more than chance is what comparing these two says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from gradcam_core.base.intervals import Shift
from gradcam_core.base.suspicion import parts_of
from gradcam_core.runs.compare.cues import Key, effects_of, tests_of
from gradcam_core.runs.findings import CUES, POINTS


@dataclass(frozen=True)
class CueHistory:
    """One cue in several runs, measured by one edit.

    Attributes:
        flag, suspicion: as of findings; "" where every run is tested for it.
        edit: that of all ``effects``: the one that most runs made, of these the one that showed most.
        effects: per run edit minus control, -1..1, of the filler that showed least; None: not tested there.
    """

    flag: str
    suspicion: str
    edit: str
    effects: tuple[Shift | None, ...]

    @property
    def name(self) -> str:
        """'a marker at a fixed place for “dog”'."""
        label = parts_of(self.suspicion)[1]
        return CUES[self.flag] + (f" for “{label}”" if label else "")

    @property
    def most(self) -> float:
        """The largest effect in any run."""
        return max(one.value for one in self.effects if one is not None)

    @property
    def tested(self) -> int:
        """In how many runs."""
        return sum(one is not None for one in self.effects)


def histories(tables: Sequence[pd.DataFrame], flags: Mapping[str, str]) -> tuple[CueHistory, ...]:
    """Every cue that some run tested, those that reach ten points first.

    Args:
        tables: columns of ``edits.parquet``, a table per run; one without rows where nothing was edited.
        flags: edit -> the cue that it tests without a suspicion.
    """
    tested = [{key: _weakest(rows) for key, rows in tests_of(table, flags)} for table in tables]
    keys: list[Key] = sorted({key for one in tested for key, effect in one.items() if effect is not None})
    best: dict[tuple[str, str], CueHistory] = {}
    for key in keys:
        flag, suspicion, edit, _ = key
        found = CueHistory(flag, suspicion, edit, tuple(one.get(key) for one in tested))
        cue = flag, suspicion
        best[cue] = max(best.get(cue, found), found, key=lambda one: (one.tested, one.most))
    return tuple(
        sorted(best.values(), key=lambda one: (one.most < POINTS, -one.tested, -one.most, one.flag))
    )


def _weakest(rows: pd.DataFrame) -> Shift | None:
    """All fillers of an edit have to agree, so the one that showed least counts."""
    known = [one for one in effects_of(rows).values() if one.n]
    return min(known, key=lambda one: one.value, default=None)
