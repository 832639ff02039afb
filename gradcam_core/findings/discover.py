"""Search one half of a run for what an edit could test: suspicions and hints, without a model."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gradcam_core.findings import heat
from gradcam_core.findings.material import Hint, Material
from gradcam_core.types import Suspicion


@dataclass(frozen=True)
class Lead:
    """A hint, and the suspicion that an edit should test if there is something to edit."""

    hint: Hint
    suspicion: Suspicion | None = None


Search = Callable[[Material, int], Iterator[Lead]]


@dataclass(frozen=True)
class Discovery:
    """Everything that was noticed before any edit."""

    hints: tuple[Hint, ...]
    suspicions: tuple[Suspicion, ...]


def _scores(material: Material, seed: int) -> Iterator[Lead]:
    for hint in heat.hints(material, seed):
        yield Lead(hint)


SEARCHES: tuple[Search, ...] = (_scores,)


def discover(material: Material, seed: int) -> Discovery:
    """Run every search. Each uses the discovery half to look and the other half for its numbers."""
    leads = [lead for search in SEARCHES for lead in search(material, seed)]
    return Discovery(
        tuple(lead.hint for lead in leads),
        tuple(lead.suspicion for lead in leads if lead.suspicion is not None),
    )
