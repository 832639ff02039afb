"""What a report shall hold, and for whom."""

from dataclasses import dataclass
from typing import Literal, get_args

from gradcam_core.base.errors import AuditError

Audience = Literal["all", "owner", "reader"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
SAMPLES, MEGABYTES = 200, 20.0
LEAST = 0.2  # megabytes: the page without any picture


@dataclass(frozen=True)
class Wanted:
    """Choices of one report.

    Attributes:
        audience: "all" everything; "owner" one page of findings, no samples; "reader" samples to be read
            blind: no findings, no answers of the model, heat only when asked for.
        with_names: sample ids, metadata and what was understood; without, samples are numbered.
        samples: how many samples at most.
        megabytes: how large the file may become; samples that do not fit are left out, and counted.
        where: filters as in the gallery's address, such as "outcome=wrong&label=cat"; "" for all.
    """

    audience: Audience = "all"
    with_names: bool = False
    samples: int = SAMPLES
    megabytes: float = MEGABYTES
    where: str = ""

    def __post_init__(self) -> None:
        if self.audience not in AUDIENCES:
            raise AuditError(f"a report for: {', '.join(AUDIENCES)}", repr(self.audience))
        if self.samples < 0:
            raise AuditError("a number of samples from 0", str(self.samples))
        if not self.megabytes >= LEAST:
            raise AuditError(f"a size from {LEAST:g} MB", f"{self.megabytes:g}", "ask for fewer samples")

    @property
    def blind(self) -> bool:
        """Nothing may tell what the model answered."""
        return self.audience == "reader"
