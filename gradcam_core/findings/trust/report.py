"""What the trust checks return: green, amber or red per check, and why, in one sentence."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from gradcam_core.base.types import Floats

Verdict = Literal["green", "amber", "red"]
ORDER: tuple[Verdict, ...] = ("green", "amber", "red")


@dataclass(frozen=True)
class TrustCheck:
    """One check of the maps. ``value`` is None where it could not be measured (then amber)."""

    name: str
    title: str
    value: float | None
    threshold: float
    verdict: Verdict
    sentence: str


@dataclass(frozen=True)
class TrustReport:
    """Every check of one model's maps.

    Attributes:
        checks: in the order of reading.
        head: what lies between the last layer with places and the answer (``ModelInfo.head``).
        untrained: (n, h, w) maps of the same network with random weights, the null of border and centre
            heat that padding alone makes; None where the weights could not be replaced. Not in the JSON.
    """

    method: str
    map_set: str
    checks: tuple[TrustCheck, ...]
    head: str = ""
    untrained: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def verdict(self) -> Verdict:
        """The worst of the checks."""
        return max((check.verdict for check in self.checks), key=ORDER.index, default="amber")

    @property
    def trusted(self) -> bool:
        """False where heat must not raise a flag: weight randomisation or deletion failed."""
        decisive = {"randomisation", "deletion"}
        return not any(check.name in decisive and check.verdict == "red" for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """As it stands in ``trust.json``."""
        return {
            "method": self.method,
            "maps": self.map_set,
            "head": self.head,
            "verdict": self.verdict,
            "trusted": self.trusted,
            "checks": [asdict(check) for check in self.checks],
        }


def unmeasured(name: str, title: str, threshold: float, why: str) -> TrustCheck:
    """Amber: the check could not be made, and why."""
    return TrustCheck(name, title, None, threshold, "amber", f"Not measured: {why}.")


def median(values: Floats) -> float | None:
    """The median of the finite values, or None where there is none."""
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if len(finite) else None
