"""Search one half of a run for what an edit could test: suspicions and hints, without a model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.findings.material import Hint, Material
from gradcam_core.findings.search import (
    harm,
    heat,
    hotspots,
    merge,
    parts,
    patches,
    patterns,
    probes,
    swapped_regions,
)
from gradcam_core.findings.search.leads import Lead

MOST_PER_FLAG = 4
WORTH = 0.2  # association or share below which a suspicion is not worth an edit


@dataclass(frozen=True)
class Discovery:
    """Everything that was noticed before any edit."""

    hints: tuple[Hint, ...]
    suspicions: tuple[Suspicion, ...]
    probes: probes.Probes


def discover(material: Material, seed: int) -> Discovery:
    """Run every search. Each looks on the discovery half and takes its numbers from the other one."""
    found = probes.run_probes(material, seed)
    hints = [*heat.hints(material, seed), *swapped_regions.hints(material, seed), *probes.hints(found)]
    hints += harm.of_background(material, found)
    leads = [lead for search in SEARCHES for lead in search(material, seed)]
    worth = {one.suspicion.id for one in leads if one.suspicion and one.suspicion.strength >= WORTH}
    leads = merge.merged([lead for lead in leads if lead.hint.suspicion in worth])
    suspicions = _strongest([lead.suspicion for lead in leads if lead.suspicion])
    kept = {suspicion.id for suspicion in suspicions}
    hints += [lead.hint for lead in leads if lead.hint.suspicion in kept]
    return Discovery(tuple(hints), tuple(suspicions), found)


SEARCHES: tuple[Callable[[Material, int], Iterator[Lead]], ...] = (
    hotspots.search,
    patterns.search,
    patches.search,
    parts.search,
)


def _strongest(suspicions: list[Suspicion]) -> list[Suspicion]:
    """At most four per flag: every further one costs edits and power."""
    kept: list[Suspicion] = []
    for flag in sorted({suspicion.flag for suspicion in suspicions}):
        ranked = sorted((s for s in suspicions if s.flag == flag), key=lambda s: -np.nan_to_num(s.strength))
        kept += ranked[:MOST_PER_FLAG]
    return kept
