"""Findings: a flag, how strong the evidence is, what a reader needs to check it; and their file."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from gradcam_core.base.files import read_json, write_json
from gradcam_core.base.types import Cell

LEVELS = (
    "nothing seen",
    "look here",
    "cue available",
    "the model uses it",
    "it hurts",
)
USES = 3  # the level from which "relies on" is said; nothing reaches it without edits
POINTS = 0.10  # edit minus control: the smallest difference that matters
TITLES: Mapping[str, str] = {
    "background": "Background",
    "fixed-marker": "Fixed marker",
    "roaming-marker": "Roaming marker",
    "border": "Border or ruler",
    "watermark": "Watermark",
    "part": "Part of the object",
    "global-look": "Global look",
    "errors-elsewhere": "Errors look elsewhere",
    "same-place": "Same place always",
    "empty-maps": "Empty maps",
    "untrustworthy-maps": "Map untrustworthy",
}

CUES: Mapping[str, str] = {
    "background": "the background",
    "fixed-marker": "a marker at a fixed place",
    "roaming-marker": "a marker that occurs at varying places",
    "border": "the border of the picture",
    "watermark": "a faint pattern over the picture",
    "part": "one part of the object",
    "global-look": "the overall look (brightness, colour, contrast or sharpness)",
    "errors-elsewhere": "other places when it errs",
    "same-place": "the same place always",
    "empty-maps": "nothing that the map can show",
    "untrustworthy-maps": "something that the maps do not show",
}
"""Flag -> what the model relies on, within a sentence."""

HEARD = "heard"  # of a finding's details: its cue as it is heard in a sound
FOR_A_PERSON = ("part",)  # no shortcut by itself at any level: a person says whether answers may hang on it

FINDINGS, EDITS, TRUST = "findings.json", "edits.parquet", "trust.json"
CLUSTERS, ASSOCIATIONS = "clusters.parquet", "associations.parquet"

Interval = tuple[float, float]
MALFORMED = (OSError, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)
UNDEFINED: Interval = (math.nan, math.nan)


@dataclass(frozen=True)
class EditEvidence:
    """Both arms of one edit with one filler, paired on the same samples.

    Attributes:
        edit, filler: as in ``edits.parquet``.
        outcome: ``flip`` (the prediction changed), ``to target`` (it became the target class) or
            ``moved`` (an output without classes moved by more than half its standard deviation).
        edit_rate, control_rate: shares 0..1 of the ``n`` samples.
        difference, interval: edit minus control, with its paired 95 % interval.
        p: one-sided exact McNemar probability that the edit does no more than its control.
        half: ``confirm``, or ``all`` where the halves were too small to tell apart.
        units: patients, subjects or scenes behind the ``n`` samples, ``n`` where every sample stands alone.
        shift, control_shift: median size of the move of the output, anomaly score or log-odds, or NaN.
    """

    edit: str
    filler: str
    outcome: str
    n: int
    edit_rate: float
    control_rate: float
    difference: float
    interval: Interval
    p: float
    half: str
    units: int = 0
    shift: float = math.nan
    control_shift: float = math.nan


@dataclass(frozen=True)
class Example:
    """A sample on which the edit changed the prediction and its control did not."""

    sample_id: str
    edit: str
    filler: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Finding:
    """A flag with its evidence.

    Attributes:
        flag: a key of :data:`TITLES`.
        level: 0..4, an index of :data:`LEVELS`. "Relies on" is said from level 3 only.
        label: the class it is about; None when it is about all of them.
        statement: plain words with the numbers.
        effect: in the unit that ``measure`` names; NaN where nothing could be measured.
        interval: 95 %, (low, high).
        n: samples behind ``effect``.
        q: of what ``effect`` is of, Benjamini-Hochberg over ``details["family"]``; NaN without a test.
        cells: (row, column) on ``grid``, or empty.
        samples: ids that show it.
        grid: (rows, columns) that ``cells`` refer to; (0, 0) without cells.
        evidence: the edits that were tried for it.
        examples: pairs to look at.
        reliance, reliance_interval: share 0..1 of answers that the cue decides, by the edits; NaN untested.
        smallest: smallest effect that this run would have shown in 8 of 10 cases; NaN if not asked.
        exploratory: searched and tested on the same samples, hence capped below level 3.
        estimated: rests on estimated regions; above level 1 only where two edits agree.
        suspicion: id of the suspicion it grew from, or "".
        details: further numbers, JSON-able.
    """

    flag: str
    level: int
    label: str | None = None
    statement: str = ""
    effect: float = math.nan
    interval: Interval = UNDEFINED
    n: int = 0
    q: float = math.nan
    cells: tuple[Cell, ...] = ()
    samples: tuple[str, ...] = ()
    measure: str = ""
    grid: Cell = (0, 0)
    evidence: tuple[EditEvidence, ...] = ()
    examples: tuple[Example, ...] = ()
    reliance: float = math.nan
    reliance_interval: Interval = UNDEFINED
    smallest: float = math.nan
    exploratory: bool = False
    estimated: bool = False
    suspicion: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.flag not in TITLES or not 0 <= self.level < len(LEVELS):
            raise ValueError(
                f"Finding: expected a known flag and level 0..4, got {self.flag}, {self.level}"
            )

    @property
    def title(self) -> str:
        return TITLES[self.flag]

    def to_json(self) -> dict[str, Any]:
        """JSON-able; undefined numbers become null."""
        return {**_plain(asdict(self)), "title": self.title, "level_name": LEVELS[self.level]}


def from_json(value: Mapping[str, Any]) -> Finding:
    """The reverse of :meth:`Finding.to_json`; keys that are not known are left out."""
    known = {entry.name: value[entry.name] for entry in fields(Finding) if entry.name in value}
    known |= {name: _number(known.get(name)) for name in ("effect", "q", "smallest", "reliance")}
    known |= {name: str(known.get(name, "")) for name in ("statement", "measure", "suspicion")}
    known["label"] = None if value.get("label") is None else str(value["label"])
    known |= {"n": int(value.get("n", 0)), "details": dict(value.get("details") or {})}
    known |= {name: _pair(value.get(name)) for name in ("interval", "reliance_interval")}
    known["cells"] = tuple((int(row), int(column)) for row, column in value.get("cells", ()))
    known["grid"] = tuple(int(size) for size in value.get("grid", (0, 0)))
    known["samples"] = tuple(str(one) for one in value.get("samples", ()))
    known["examples"] = tuple(Example(**example) for example in value.get("examples", ()))
    known["evidence"] = tuple(_evidence(entry) for entry in value.get("evidence", ()))
    return Finding(**known)


def _evidence(value: Mapping[str, Any]) -> EditEvidence:
    names = ("edit_rate", "control_rate", "difference", "p", "shift", "control_shift")
    numbers = {name: _number(value.get(name)) for name in names}
    return EditEvidence(**{**value, **numbers, "interval": _pair(value["interval"])})


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _pair(value: Any) -> Interval:
    low, high = value if value is not None else (None, None)
    return _number(low), _number(high)


def _plain(value: Any) -> Any:
    """Tuples to lists, NumPy scalars to Python's, NaN and infinity to None."""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


@dataclass(frozen=True)
class Searched:
    """``findings.json`` of one run.

    Attributes:
        found: strongest first; empty where ``problem`` says why.
        facts: ``edits``, ``budget``, ``seed``, ``searched``, ``samples``, ``resampled_by``.
        problem: why the file cannot be used, or "".
    """

    found: tuple[Finding, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    @property
    def edited(self) -> bool:
        """Edits have been made."""
        return bool(self.facts.get("edits"))


def read_findings(run_path: Path) -> Searched | None:
    """What the search of a run left; None where nobody has searched it yet."""
    try:
        value = read_json(run_path / FINDINGS)
        if value is None:
            return None
        found = tuple(from_json(entry) for entry in value["findings"])
    except MALFORMED as error:
        return Searched(problem=f"{FINDINGS} cannot be used ({type(error).__name__})")
    return Searched(found, {name: fact for name, fact in value.items() if name != "findings"})


def write_findings(run_path: Path, found: Sequence[Finding], **facts: Any) -> None:
    """``findings.json``: the findings, and ``facts`` about how they were made."""
    write_json(run_path / FINDINGS, {**facts, "findings": [entry.to_json() for entry in found]})


def part_searched(facts: Mapping[str, Any]) -> str:
    """ "searched in n of N samples", or "" where all were; ``facts`` as in ``findings.json``."""
    searched, samples = (int(facts.get(name) or 0) for name in ("searched", "samples"))
    return f"searched in {searched:,} of {samples:,} samples" if searched < samples else ""
