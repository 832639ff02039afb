"""The labels asked: which range, channel order and resizing makes the model right, clearly?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from gradcam_core.audit.facts import SWITCHES, Switch, option, origin_of, with_alarm, with_value
from gradcam_core.base.types import InputSpec, Project
from gradcam_core.images.scaling import input_options
from gradcam_core.tasks.label_check import Classes, Right, better_order, clearly_better, fits


@dataclass
class Trials:
    """What the model says of labelled pictures, for every way of feeding them; each is tried once.

    Attributes:
        predict: way of feeding -> (N,) class index.
        labels: (N,) class index.
        classes: how many there are.
        resizes: ways of resizing that are worth a trial.
    """

    predict: Callable[[InputSpec], Classes]
    labels: Classes
    classes: int
    resizes: tuple[str, ...] = ()
    tried: dict[InputSpec, Classes] = field(default_factory=dict)

    def said(self, spec: InputSpec) -> Classes:
        """(N,) class index."""
        if spec not in self.tried:
            self.tried[spec] = self.predict(spec)
        return self.tried[spec]

    def ordered(self, spec: InputSpec) -> Classes:
        """(N,) in the class order that clearly fits best, so that a wrong order speaks for no range."""
        said = self.said(spec)
        order = better_order(said, self.labels, self.classes)
        return said if order is None else order[said]

    def right(self, spec: InputSpec) -> Right:
        """(N,) which answers are right, in that order."""
        return self.ordered(spec) == self.labels

    def share(self, spec: InputSpec) -> str:
        """The share that is right, '95 %'."""
        return f"{100 * np.mean(self.right(spec)):.0f} %"

    def others(self, spec: InputSpec) -> list[InputSpec]:
        """Every other way, likely ones first, fewest changes first."""
        ways = [replace(spec, scaling=s, channel_order=o) for s, o in input_options(spec.channels)]
        ways += [replace(spec, resize=resize) for resize in self.resizes]  # type: ignore[arg-type]
        return sorted((way for way in ways if way != spec), key=lambda way: len(changes(way, spec)))


def changes(way: InputSpec, spec: InputSpec) -> frozenset[Switch]:
    """What differs between two ways of feeding."""
    return frozenset(name for name in SWITCHES if getattr(way, name) != getattr(spec, name))


def by_labels(project: Project, spec: InputSpec, trials: Trials, free: frozenset[Switch]) -> Project:
    """The project with what the labels decide of ``free``, and an alarm where they contradict the rest.

    Clearly: the 95 % interval of the paired difference, of all ways together, excludes 0.
    """
    better = _instead_of_order(trials, spec) if "channel_order" in free else None
    better = better or _better(trials, spec, free.issuperset)
    while better is not None:
        project = _taken(project, better, spec, trials)
        spec = better
        better = _better(trials, spec, free.issuperset)
    if fits(trials.ordered(spec), trials.labels):
        return _fitting(project, spec, trials)
    project = _contradicted(project, spec, trials, free)
    return _confirmed(project, spec, trials) if origin_of(project, "scaling") == "guessed" else project


def _instead_of_order(trials: Trials, now: InputSpec) -> InputSpec | None:
    """The other channel order, where it alone explains what another class order would: red for blue."""
    if np.array_equal(trials.said(now), trials.ordered(now)):
        return None
    for way in trials.others(now):
        right = trials.said(way) == trials.labels
        if changes(way, now) == {"channel_order"} and right.mean() >= trials.right(now).mean():
            return way
    return None


def _better(
    trials: Trials, now: InputSpec, allowed: Callable[[frozenset[Switch]], bool]
) -> InputSpec | None:
    """The best of the clearly better ways with the fewest changes; None where there is none.

    Where the answers fit as they are, none can be clearly better, and none is tried.
    """
    if fits(trials.ordered(now), trials.labels):
        return None
    others = trials.others(now)
    ways = [way for way in others if allowed(changes(way, now))]
    for _, group in groupby(ways, lambda way: len(changes(way, now))):
        clear = [way for way in group if clearly_better(trials.right(way), trials.right(now), len(others))]
        if clear:
            return max(clear, key=lambda way: trials.right(way).mean())
    return None


def _taken(project: Project, better: InputSpec, now: InputSpec, trials: Trials) -> Project:
    n = len(trials.labels)
    for name in changes(better, now):
        why = f"{trials.share(better)} of {n} labelled pictures right, {trials.share(now)} with {{}}"
        value, before = str(getattr(better, name)), str(getattr(now, name))
        project = with_value(project, name, value, "decided by the labels", why.format(before))
    return project


def _contradicted(project: Project, now: InputSpec, trials: Trials, free: frozenset[Switch]) -> Project:
    """An alarm where a way that somebody has excluded fits clearly better."""
    better = _better(trials, now, lambda changed: not changed <= free)
    if better is None:
        return project
    changed = sorted(changes(better, now), key=SWITCHES.index)
    values = " and ".join(f"{name.replace('_', ' ')} {getattr(better, name)}" for name in changed)
    warning = (
        f"{values} fits the labels clearly better: {trials.share(better)} of {len(trials.labels)} right "
        f"against {trials.share(now)}; to use it: "
        + " ".join(option(name, getattr(better, name)) for name in changed)
    )
    return with_alarm(project, changed[0], warning)


def _fitting(project: Project, spec: InputSpec, trials: Trials) -> Project:
    """A guessed range that fits as it is."""
    if origin_of(project, "scaling") != "guessed":
        return project
    why = f"{trials.share(spec)} of {len(trials.labels)} labelled pictures right"
    return with_value(project, "scaling", spec.scaling, "decided by the labels", why)


def _confirmed(project: Project, now: InputSpec, trials: Trials) -> Project:
    """A guessed range that is clearly better than every other one is decided, not guessed."""
    rest = [way for way in trials.others(now) if changes(way, now) == {"scaling"}]
    if not all(clearly_better(trials.right(now), trials.right(way), len(rest)) for way in rest):
        return project
    next_best = max(rest, key=lambda way: trials.right(way).mean())
    why = (
        f"{trials.share(now)} of {len(trials.labels)} labelled pictures right, "
        f"{trials.share(next_best)} with {next_best.scaling}"
    )
    return with_value(project, "scaling", now.scaling, "decided by the labels", why)
