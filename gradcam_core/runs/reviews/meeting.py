"""What to talk about first, and how far everybody has come. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gradcam_core.runs.reviews.acts import Act, Kind
from gradcam_core.runs.reviews.agreement import disagreement

HIGHEST = 4  # level of a finding


@dataclass(frozen=True)
class Item:
    """One sample or finding that reviewers see differently.

    Attributes:
        kind, sample: what it is.
        given: reviewer -> verdict.
        comments: reviewer -> comment, where there is one.
        disagreement: share 0..1 of the pairs of reviewers that differ.
        level: of the finding, or of the strongest finding that names the sample.
        weight: ``disagreement`` × (1 + level) / 5; the list is in this order.
    """

    kind: Kind
    sample: str
    given: Mapping[str, str]
    comments: Mapping[str, str]
    disagreement: float
    level: int
    weight: float


def meeting(now: Sequence[Act], levels: Mapping[tuple[Kind, str], int]) -> list[Item]:
    """What at least two reviewers judged differently, most urgent first.

    Args:
        now: the current acts.
        levels: (kind, id) -> level 0..4 of the evidence; what is not named has 0.
    """
    given: dict[tuple[Kind, str], dict[str, str]] = {}
    comments: dict[tuple[Kind, str], dict[str, str]] = {}
    for act in now:
        if act.verdict:
            given.setdefault((act.kind, act.sample), {})[act.reviewer] = act.verdict
        if act.comment:
            comments.setdefault((act.kind, act.sample), {})[act.reviewer] = act.comment
    found = [_item(key, said, comments.get(key, {}), levels.get(key, 0)) for key, said in given.items()]
    return sorted((one for one in found if one.weight), key=lambda one: (-one.weight, one.kind, one.sample))


def _item(key: tuple[Kind, str], given: Mapping[str, str], comments: Mapping[str, str], level: int) -> Item:
    apart = disagreement(given)
    return Item(*key, given, comments, apart, level, apart * (1 + level) / (1 + HIGHEST))


@dataclass(frozen=True)
class Progress:
    """How many samples and findings a reviewer has judged, and when they last did."""

    reviewer: str
    samples: int
    findings: int
    last: str


def progress(now: Sequence[Act]) -> list[Progress]:
    """Everybody who has a verdict that holds, most samples first."""
    counts = Counter((act.reviewer, act.kind) for act in now if act.verdict)
    last = {
        name: max(act.time for act in now if act.reviewer == name) for name in {name for name, _ in counts}
    }
    found = [Progress(name, counts[name, "sample"], counts[name, "finding"], last[name]) for name in last]
    return sorted(found, key=lambda one: (-one.samples, -one.findings, one.reviewer))
