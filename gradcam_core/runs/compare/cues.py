"""What became of each cue: the same edits in two runs, paired on the samples that both tables hold. Pure.

A cue is what an edit tests: a flag that every run is tested for, or a suspicion. Its number is edit minus
control, as everywhere; all fillers of its edit have to agree, so the filler that changed least is told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.intervals import NAN, Shift, adjusted, paired_shift
from gradcam_core.base.suspicion import flag_of, parts_of
from gradcam_core.base.types import Doubles
from gradcam_core.runs.findings import CUES, POINTS
from gradcam_core.runs.pairing import pair, usual

FEWEST = 30  # pairs below which nothing is said, as for findings
Q = 0.05  # over all cues that were tested in both runs
STATUS: Mapping[str, str] = {
    "gone": "used before; now every filler excludes ten points",
    "weaker": "used before, and clearly less now",
    "same": "used in both, and the change is within ten points",
    "stronger": "used before, and clearly more now",
    "new": "not used before, used now",
    "neither": "in neither run at least ten points",
    "unclear": "the interval of the change allows for more than one of these, or there are too few pairs",
    "not tested before": "the run before has no such edit, so nothing is known of it there",
    "not tested after": "the run after has no such edit, so nothing is known of it there",
}
"""Status of a cue -> what it means."""
UNTESTED = ("not tested before", "not tested after")
NOTHING = Shift(NAN, NAN, NAN, NAN, 0)
Key = tuple[str, str, str, str]  # flag, suspicion, edit, quantity


@dataclass(frozen=True)
class FillerChange:
    """One filler of one edit in both runs, on the same samples.

    Attributes:
        filler: as in ``edits.parquet``.
        before, after: edit minus control of the share of samples with the outcome, -1..1.
        change: after minus before, paired.
    """

    filler: str
    before: Shift
    after: Shift
    change: Shift


@dataclass(frozen=True)
class CueChange:
    """What became of one cue.

    Attributes:
        flag, suspicion: as of findings; "" where every run is tested for it.
        label: the class that it is about, or None.
        edit: the edit that is told: the one with the larger effect in either run.
        fillers: its ways of filling; the one that changed least is first, and is quoted.
        status: a key of :data:`STATUS`.
        q: Benjamini-Hochberg over all cues tested in both runs; NaN where it was not.
    """

    flag: str
    suspicion: str
    label: str | None
    edit: str
    fillers: tuple[FillerChange, ...]
    status: str
    q: float = NAN

    @property
    def told(self) -> FillerChange:
        """The filler that is quoted."""
        return self.fillers[0]

    @property
    def name(self) -> str:
        """'a marker at a fixed place for “dog”'."""
        return CUES[self.flag] + (f" for “{self.label}”" if self.label else "")

    @property
    def shown_before(self) -> bool:
        """The run before uses it: every filler at least ten points, above zero."""
        return all(_shown(one.before) for one in self.fillers)

    @property
    def shown_after(self) -> bool:
        """The run after uses it: every filler at least ten points, above zero."""
        return all(_shown(one.after) for one in self.fillers)


def cue_changes(
    before: pd.DataFrame, after: pd.DataFrame, ids: Mapping[str, str], flags: Mapping[str, str]
) -> tuple[CueChange, ...]:
    """Every cue that either edit table tests, the most changed first.

    Args:
        before, after: columns of ``edits.parquet``.
        ids: sample id in ``after`` -> the same sample in ``before``.
        flags: edit -> the cue that it tests without a suspicion; other edits only describe.
    """
    tables = [dict(tests_of(table, flags)) for table in (before, _renamed(after, ids))]
    keys = sorted(tables[0].keys() | tables[1].keys())
    measured = {key: _fillers(tables[0].get(key), tables[1].get(key)) for key in keys}
    both = [key for key in keys if measured[key] and key in tables[0] and key in tables[1]]
    qs = adjusted([max(one.change.p for one in measured[key]) for key in both])
    q_of = dict(zip(both, qs, strict=True))
    found = [_judged(key, measured[key], q_of.get(key, NAN), tables) for key in keys if measured[key]]
    return tuple(sorted(_one_per_cue(found), key=_order))


def tests_of(table: pd.DataFrame, flags: Mapping[str, str]) -> Iterator[tuple[Key, pd.DataFrame]]:
    """Rows of each edit for each cue; a filler "a:b" is way b of quantity a, each a test of its own."""
    if table.empty:
        return
    quantity = table["filler"].where(table["filler"].str.contains(":"), "").str.split(":").str[0]
    keys = [table["suspicion"].fillna(""), table["edit"], quantity.rename("quantity")]
    for (suspicion, edit, part), rows in table.groupby(keys, sort=True):
        flag = flag_of(str(suspicion)) if suspicion else flags.get(str(edit), "")
        if flag in CUES:
            yield (flag, str(suspicion), str(edit), str(part)), rows


def _renamed(table: pd.DataFrame, ids: Mapping[str, str]) -> pd.DataFrame:
    """The rows of samples that the run before holds, too, under their name there."""
    if table.empty:
        return table
    names = table["sample_id"].map(ids)
    return table[names.notna()].assign(sample_id=names.dropna())


def _fillers(before: pd.DataFrame | None, after: pd.DataFrame | None) -> tuple[FillerChange, ...]:
    """Both sides filler by filler, the least change first; of a side that is missing nothing is known."""
    parts = [{} if rows is None else _pairs(rows) for rows in (before, after)]
    if before is None or after is None:
        known = parts[1] if before is None else parts[0]
        return tuple(_alone(name, _effect(one), before is None) for name, one in known.items())
    shared = sorted(parts[0].keys() & parts[1].keys())
    found = [_both(name, parts[0][name], parts[1][name]) for name in shared]
    return tuple(sorted((one for one in found if one.change.n), key=lambda one: abs(one.change.value)))


def _alone(filler: str, effect: Shift, after: bool) -> FillerChange:
    return FillerChange(filler, *((NOTHING, effect) if after else (effect, NOTHING)), NOTHING)


def _pairs(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Filler -> its pairs, with the half that each sample belongs to."""
    half = rows.drop_duplicates("sample_id").set_index("sample_id")["half"]
    parts = usual(rows)[0].groupby("filler", sort=True)
    return {str(name): (found := pair(part)).assign(half=half.reindex(found.index)) for name, part in parts}


def _both(filler: str, one: pd.DataFrame, other: pd.DataFrame) -> FillerChange:
    """On the samples of both; on those that confirm in both runs where these are enough."""
    joined = one.add_suffix("_one").join(other.add_suffix("_other"), how="inner")
    confirm = joined[(joined["half_one"] == "confirm") & (joined["half_other"] == "confirm")]
    used = confirm if len(confirm) >= FEWEST else joined
    sides = [_difference(used[f"edit_{name}"], used[f"control_{name}"]) for name in ("one", "other")]
    units = used["unit_one"].to_numpy(dtype=object)
    before, after = (paired_shift(side, _units(units), reach=1.0) for side in sides)
    return FillerChange(filler, before, after, paired_shift(sides[1] - sides[0], _units(units), reach=2.0))


def effects_of(rows: pd.DataFrame) -> dict[str, Shift]:
    """Filler -> edit minus control of the share of samples with the outcome, out of rows of one edit."""
    return {name: _effect(pairs) for name, pairs in _pairs(rows).items()}


def _effect(pairs: pd.DataFrame) -> Shift:
    confirm = pairs[pairs["half"] == "confirm"]
    used = confirm if len(confirm) >= FEWEST else pairs
    units = _units(used["unit"].to_numpy(dtype=object))
    return paired_shift(_difference(used["edit"], used["control"]), units, reach=1.0)


def _difference(edit: pd.Series, control: pd.Series) -> Doubles:
    return edit.to_numpy(dtype=np.float64) - control.to_numpy(dtype=np.float64)


def _units(units: NDArray[np.object_]) -> NDArray[np.object_] | None:
    """None where every sample stands alone."""
    return units if pd.unique(units).size < len(units) else None


def _judged(
    key: Key, fillers: tuple[FillerChange, ...], q: float, tables: list[dict[Key, pd.DataFrame]]
) -> CueChange:
    flag, suspicion, edit, _ = key
    label = parts_of(suspicion)[1] or None
    missing = [name for name, table in zip(UNTESTED, tables, strict=True) if key not in table]
    status = missing[0] if missing else status_of(fillers, q)
    return CueChange(flag, suspicion, label, edit, fillers, status, q)


def status_of(fillers: tuple[FillerChange, ...], q: float) -> str:
    """A key of :data:`STATUS` for a cue that was tested in both runs; intervals decide, not levels."""
    if min(one.change.n for one in fillers) < FEWEST:
        return "unclear"
    before, after = (
        all(_shown(side) for side in sides)
        for sides in ([one.before for one in fillers], [one.after for one in fillers])
    )
    fell = q <= Q and all(one.change.high < 0 for one in fillers)
    rose = q <= Q and all(one.change.low > 0 for one in fillers)
    if before and fell:
        return "gone" if all(one.after.high < POINTS for one in fillers) else "weaker"
    if after and rose:
        return "stronger" if before else "new"
    within = all(one.change.low > -POINTS and one.change.high < POINTS for one in fillers)
    if not (before or after):
        return "neither"
    return "same" if within and before and after else "unclear"


def _shown(one: Shift) -> bool:
    return bool(one.value >= POINTS and one.low > 0)


def _one_per_cue(found: list[CueChange]) -> list[CueChange]:
    """Of several edits for one cue the one of both runs, of enough samples, that shows the most."""
    best: dict[tuple[str, str], CueChange] = {}
    for one in found:
        cue = one.flag, one.suspicion
        best[cue] = max(best.get(cue, one), one, key=_loudness)
    return list(best.values())


def _loudness(one: CueChange) -> tuple[bool, bool, float]:
    sides = ([f.before.value for f in one.fillers], [f.after.value for f in one.fillers])
    known = [min(side) for side in sides if np.isfinite(side).all()]
    enough = min(max(f.before.n, f.after.n) for f in one.fillers) >= FEWEST
    return one.status not in UNTESTED, enough, max(known, default=-1.0)


def _order(one: CueChange) -> tuple[bool, bool, float, str]:
    size = float(np.nanmax(np.abs([one.told.before.value, one.told.after.value])))
    return one.status in UNTESTED, one.status == "neither", -size, one.flag
