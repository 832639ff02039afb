"""Example pictures of the findings of a run, as they lie in its folder ``examples/``."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import inside
from gradcam_core.runs.findings import Finding

FOLDER, INDEX = "examples", "examples.json"


@dataclass(frozen=True)
class ExamplePictures:
    """One example: three pictures at network size, and what the model says of each.

    ``finding`` is the :func:`key` of the finding it belongs to.
    ``original``, ``edited``, ``control`` are file names in ``examples/``. ``before``, ``after``,
    ``after_control`` are classes (None for an output without classes); ``share_…`` is what ``number``
    names: the "probability" of the class ``before`` in each picture, the "output" without classes, or the
    "anomaly score".
    """

    sample_id: str
    edit: str
    filler: str
    finding: str
    original: str
    edited: str
    control: str
    before: str | None
    after: str | None
    after_control: str | None
    share_before: float
    share_after: float
    share_control: float
    number: str = "probability"


def key(entry: Finding) -> str:
    """What ties pictures to their finding."""
    return f"{entry.flag}/{entry.label or ''}/{entry.suspicion}"


def read_examples(run_path: Path) -> tuple[ExamplePictures, ...]:
    """The stored examples; none where there are none or the index is damaged."""
    try:
        rows = json.loads(read_text(inside(run_path, f"{FOLDER}/{INDEX}")))
        return tuple(_read(row) for row in rows)
    except (AuditError, OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return ()


def _read(row: dict[str, str | float | None]) -> ExamplePictures:
    shares = ("share_before", "share_after", "share_control")
    files = ("original", "edited", "control")
    numbers = {name: math.nan if row[name] is None else float(row[name] or 0) for name in shares}
    return ExamplePictures(**{**row, **numbers, **{name: Path(str(row[name])).name for name in files}})  # type: ignore[arg-type]
