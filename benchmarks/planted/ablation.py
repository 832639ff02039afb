"""What each ingredient adds: the same runs judged by seven rules, from raw focus to edits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.planted.figures import Share, auc, share
from benchmarks.planted.results import Result

Number = Callable[[Result], float]


def _mean(name: str, map_set: str = "classic") -> Number:
    def read(result: Result) -> float:
        value = result.row["maps"][map_set][name]
        return float("nan") if value is None else float(value)

    return read


def _above_chance(result: Result) -> float:
    return _mean("background_focus")(result) - _mean("chance_focus")(result)


@dataclass(frozen=True)
class Rule:
    """Alarm where ``number`` is at least ``limit``."""

    number: Number
    limit: float


RULES: Mapping[str, Rule] = {
    "raw background focus > 0.5": Rule(_mean("background_focus"), 0.5),
    "background focus > chance": Rule(_above_chance, 0.0),
    "normalised background focus > 0.5": Rule(_mean("normalized_background_focus"), 0.5),
    "far-background focus > 0.25": Rule(_mean("far_background_focus"), 0.25),
    "+ region-free search (level ≥ 1, no edits)": Rule(lambda result: result.level("seen"), 1),
    "+ probe of the data (level ≥ 2, no edits)": Rule(lambda result: result.level("seen"), 2),
    "+ edits (level ≥ 3)": Rule(lambda result: result.level("tested"), 3),
    "strength of the edits, as a number": Rule(lambda result: float(result.row["strength"]), 0.10),
}


@dataclass(frozen=True)
class Outcome:
    hits: Share
    alarms: Share
    area: float


def judge(rule: Rule, reliant: Sequence[Result], clean: Sequence[Result]) -> Outcome:
    """Hits over reliant runs, alarms over clean runs, and the area under the ROC curve."""
    high, low = ([rule.number(result) for result in side] for side in (reliant, clean))
    return Outcome(
        share([value >= rule.limit for value in high]),
        share([value >= rule.limit for value in low]),
        auc(high, low),
    )
