"""One cue, one suspicion: leads that name the same class, samples and place are joined before any edit.

A tag in a corner is a hot spot of the classic maps, one of the fine maps, a structure at fixed pixels and a
recurrent patch. Four suspicions would cost four times the edits and read as four cues.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from gradcam_core.base.suspicion import Place, Suspicion
from gradcam_core.base.types import Mask
from gradcam_core.findings.material import Hint
from gradcam_core.findings.search.leads import Lead

GRID = 32  # cells per side on which places are compared
SHARED, OVERLAP, EXPLAINED = 0.5, 0.25, 0.6


@dataclass(frozen=True)
class FoundCue:
    """A suspicion with what was said about it."""

    suspicion: Suspicion
    hints: tuple[Hint, ...]

    @cached_property
    def cells(self) -> Mask | None:
        """(32, 32) bool, the cells it names; None where it names none."""
        hint = next((hint for hint in self.hints if hint.cells), None)
        if hint is None:
            return None
        (height, width), mask = hint.grid, np.zeros((GRID, GRID), dtype=bool)
        for row, column in hint.cells:
            mask |= _touched((row / height, column / width, (row + 1) / height, (column + 1) / width))
        return mask

    def mask(self, sample: str) -> Mask:
        """(32, 32) bool, where it lies in one sample: its cells, or its box where it names none."""
        return _touched(self.suspicion.boxes[sample]) if self.cells is None else self.cells


def _touched(place: Place) -> Mask:
    top, left, bottom, right = place
    edges = np.arange(GRID) / GRID
    step, rim = 1 / GRID, 1e-6
    rows = (edges + step > top + rim) & (edges < bottom - rim)
    columns = (edges + step > left + rim) & (edges < right - rim)
    return np.asarray(rows[:, None] & columns[None, :], dtype=bool)


def merged(leads: Sequence[Lead]) -> list[Lead]:
    """The leads with one suspicion per cue; leads without a suspicion follow the one they name."""
    found = [
        FoundCue(
            lead.suspicion,
            tuple(other.hint for other in leads if other.hint.suspicion == lead.suspicion.id),
        )
        for lead in leads
        if lead.suspicion is not None
    ]
    if not found:
        return list(leads)
    pairs = [(i, j) for i in range(len(found)) for j in range(i) if same(found[i], found[j])]
    rows, columns = (np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1))
    graph = coo_array((np.ones(len(pairs)), (rows, columns)), shape=(len(found), len(found)))
    count, group = connected_components(graph, directed=False)
    return [
        lead for one in range(count) for lead in _joined([found[i] for i in np.flatnonzero(group == one)])
    ]


def same(first: FoundCue, second: FoundCue) -> bool:
    """Same class, half of the smaller set of samples shared, and at one place in most of those."""
    one, two = first.suspicion, second.suspicion
    shared = sorted(set(one.samples) & set(two.samples))
    if "part" in (one.flag, two.flag):  # lies on the object, marks beside it
        return False
    if one.label != two.label or len(shared) < SHARED * min(len(one.samples), len(two.samples)):
        return False
    return bool(shared) and agreement(first, second, shared) >= SHARED


def agreement(first: FoundCue, second: FoundCue, samples: Sequence[str]) -> float:
    """Share of samples in which the smaller of the two places lies in the larger one, for a good part."""
    hits = 0
    for sample in samples:
        one, two = first.mask(sample), second.mask(sample)
        hits += (one & two).sum() >= OVERLAP * min(one.sum(), two.sum())
    return hits / len(samples)


def _joined(group: Sequence[FoundCue]) -> list[Lead]:
    """One suspicion: flag and place of the best source, and the best hint of each kind."""
    main = _main(group)
    name, flag = main.suspicion.id, main.suspicion.flag
    hints = [hint for one in sorted(group, key=lambda one: one is not main) for hint in one.hints]
    kinds = ("data", "harm") if flag == "roaming-marker" else ("heat", "data", "harm")  # no one hot place
    of_kind = [[hint for hint in hints if hint.kind == kind] for kind in kinds]
    kept = [max(part, key=_rank) for part in of_kind if part]
    hints = [replace(hint, flag=flag, suspicion=name) for hint in kept]
    strength = float(np.nanmax([one.suspicion.strength for one in group]))
    suspicion = replace(main.suspicion, strength=strength)
    return [Lead(hint, suspicion if number == 0 else None) for number, hint in enumerate(hints)]


def _rank(hint: Hint) -> tuple[bool, float]:
    return hint.strong, hint.effect if np.isfinite(hint.effect) else -1.0


def _main(group: Sequence[FoundCue]) -> FoundCue:
    """Fixed pixels explain a patch that lies on them in most samples; else the patch says where it is."""
    data = next((one for one in group if one.suspicion.source == "data"), None)
    patch = next((one for one in group if one.suspicion.source == "patch"), None)
    if data is not None and (patch is None or _explains(data, patch)):
        return data
    return patch or max(group, key=lambda one: (one.suspicion.strength, one.suspicion.id))


def _explains(data: FoundCue, patch: FoundCue) -> bool:
    if data.suspicion.flag == "roaming-marker":
        return False
    return agreement(data, patch, sorted(patch.suspicion.boxes)) >= EXPLAINED
