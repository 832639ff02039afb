"""The labels asked: which range, channel order and resizing makes the model right, clearly?"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import get_args

import numpy as np

from gradcam_core.auditing.facts import SWITCHES, Switch, option, origin_of, with_alarm, with_value
from gradcam_core.base.text import in_percent
from gradcam_core.base.types import InputSpec, Project, Resize, Scaling
from gradcam_core.images.scaling import input_options
from gradcam_core.tasks.label_check import Classes, Right, better_order, clearly_better, dealt_out, fits

SURE, DOUBTFUL = 8.0, np.log(20.0)  # median log-odds after a usual training, and how far off they may be
ALIKE = 0.03  # difference of shares that are called alike
FEW = 16  # labelled pictures on which a way is looked at first


@dataclass
class Trials:
    """What the model says of labelled pictures, for every way of feeding them; each is tried once.

    Attributes:
        predict: way of feeding, number of pictures -> (N,) class index of the first N.
        sureness: way of feeding -> median log-odds of what the answers name; NaN where they are no classes.
        labels: (N,) class index, in random order.
        classes: how many there are; 1 where the answers are no classes.
        resizes: ways of resizing that are worth a trial.
        chance: share that is right by chance; None: if the same answers were dealt out at random.
    """

    predict: Callable[[InputSpec, int], Classes]
    sureness: Callable[[InputSpec], float]
    labels: Classes
    classes: int
    resizes: tuple[Resize, ...] = ()
    chance: float | None = None
    tried: dict[tuple[InputSpec, int], Classes] = field(default_factory=dict)

    def said(self, spec: InputSpec, count: int | None = None) -> Classes:
        """(N,) class index of the first ``count`` pictures; default all."""
        key = spec, len(self.labels) if count is None else count
        if key not in self.tried:
            self.tried[key] = self.predict(*key)
        return self.tried[key]

    def ordered(self, spec: InputSpec, count: int | None = None) -> Classes:
        """(N,) in the class order that clearly fits best, so that a wrong order speaks for no range."""
        said = self.said(spec, count)
        order = better_order(said, self.labels[: len(said)], self.classes)
        return said if order is None else order[said]

    def right(self, spec: InputSpec, count: int | None = None) -> Right:
        """(N,) which answers are right, in that order."""
        ordered = self.ordered(spec, count)
        return ordered == self.labels[: len(ordered)]

    def fits(self, spec: InputSpec) -> bool:
        """The answers are right as they are, and not by chance."""
        chance = dealt_out(self.ordered(spec), self.labels) if self.chance is None else self.chance
        return fits(self.right(spec), chance)

    def promising(self, way: InputSpec, now: InputSpec) -> bool:
        """It gets more of a first few pictures right; else it is not tried on all of many."""
        if len(self.labels) <= 2 * FEW:
            return True
        return bool(self.right(way, FEW).sum() > self.right(now)[:FEW].sum())

    def rivals(self, way: InputSpec, now: InputSpec) -> bool:
        """Nothing says that it is worse than ``now``."""
        if len(self.labels) > 2 * FEW and self.right(way, FEW).mean() < self.right(now)[:FEW].mean() - 0.25:
            return False
        near = not self.fits(now) or self.right(way).mean() > self.right(now).mean() - ALIKE
        return near and not clearly_better(self.right(now), self.right(way), len(get_args(Scaling)) - 1)

    def doubt(self, way: InputSpec) -> float:
        """How many times, as a logarithm, the answers are surer or less sure than training makes them."""
        sure = self.sureness(way)
        return 0.0 if np.isnan(sure) else float(abs(np.log(max(sure, 1e-9) / SURE)))

    def others(self, spec: InputSpec) -> list[InputSpec]:
        """Every other way, likely ones first, fewest changes first."""
        ways = [replace(spec, scaling=s, channel_order=o) for s, o in input_options(spec.channels)]
        ways += [replace(spec, resize=resize) for resize in self.resizes]
        return sorted((way for way in ways if way != spec), key=lambda way: len(changes(way, spec)))


def percent(right: Right) -> str:
    """The share that is right, '95 %'."""
    return in_percent(float(np.mean(right)))


def changes(way: InputSpec, spec: InputSpec) -> frozenset[Switch]:
    """What differs between two ways of feeding."""
    return frozenset(name for name in SWITCHES if getattr(way, name) != getattr(spec, name))


def by_labels(project: Project, spec: InputSpec, trials: Trials, free: frozenset[Switch]) -> Project:
    """The project with what the labels decide of ``free``, and an alarm where they contradict the rest.

    Clearly: the 95 % interval of the paired difference, of all ways together, excludes 0.
    """
    if "channel_order" in free and (turned := _instead_of_order(trials, spec)):
        shares = percent(trials.right(turned)), percent(trials.said(spec) == trials.labels)
        project, spec = _taken(project, turned, spec, shares, len(trials.labels)), turned
    while better := _better(trials, spec, free.issuperset):
        shares = percent(trials.right(better)), percent(trials.right(spec))
        project, spec = _taken(project, better, spec, shares, len(trials.labels)), better
    project = _contradicted(project, spec, trials, free)
    return _decided(project, spec, trials) if origin_of(project, "scaling") == "guessed" else project


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
    if trials.fits(now):
        return None
    others = trials.others(now)
    ways = [way for way in others if allowed(changes(way, now)) and trials.promising(way, now)]
    for _, group in groupby(ways, lambda way: len(changes(way, now))):
        clear = [way for way in group if clearly_better(trials.right(way), trials.right(now), len(others))]
        if clear:
            most = max(trials.right(way).mean() for way in clear)
            return min((way for way in clear if trials.right(way).mean() > most - ALIKE), key=trials.doubt)
    return None


def _taken(
    project: Project, better: InputSpec, now: InputSpec, shares: tuple[str, str], count: int
) -> Project:
    for name in changes(better, now):
        why = f"{shares[0]} of {count} labelled pictures right, {shares[1]} with {getattr(now, name)}"
        project = with_value(project, name, str(getattr(better, name)), "decided by the labels", why)
    return project


def _contradicted(project: Project, now: InputSpec, trials: Trials, free: frozenset[Switch]) -> Project:
    """An alarm where a way that somebody has excluded fits clearly better."""
    better = _better(trials, now, lambda changed: not changed <= free)
    if better is None:
        return project
    changed = sorted(changes(better, now), key=SWITCHES.index)
    values = " and ".join(f"{name.replace('_', ' ')} {getattr(better, name)}" for name in changed)
    as_given = np.array_equal(trials.said(better), trials.ordered(better))
    warning = (
        f"{values} fits the labels clearly better: {percent(trials.right(better))} of "
        f"{len(trials.labels)} right against {percent(trials.right(now))}"
        f"{'' if as_given else ' in the class order that fits best'}; to use it: "
        + " ".join(option(name, getattr(better, name)) for name in changed)
    )
    return with_alarm(project, changed[0], warning)


def _decided(project: Project, now: InputSpec, trials: Trials) -> Project:
    """A guessed range becomes a decided one where no other range is as right and as believable.

    A network without normalisation can be right in several ranges; only in that of its training are its
    answers as sure as training makes them. Where several remain, the guess stays one.
    """
    ranges = [way for way in trials.others(now) if changes(way, now) == {"scaling"}]
    rivals = [way for way in ranges if trials.rivals(way, now)]
    ways = (now, *rivals)
    believed = [way for way in ways if trials.doubt(way) <= DOUBTFUL]
    if believed and now not in believed and trials.fits(now):
        now = min(believed, key=trials.doubt)
    why = f"{percent(trials.right(now))} of {len(trials.labels)} labelled pictures right"
    unlikely = [way for way in ways if way not in (*believed, now)]
    if unlikely:
        said = " and ".join(f"{way.scaling} ({trials.sureness(way):.2g})" for way in unlikely)
        own = f"{trials.sureness(now):.2g}"
        why += f", with median log-odds of {own}; as many with {said}, as no training leaves them"
    alone = len(believed) == 1 or not rivals
    return with_value(project, "scaling", now.scaling, "decided by the labels" if alone else "guessed", why)
