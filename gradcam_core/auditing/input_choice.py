"""How pictures become network input where the user did not say it.

Read from the network, then from what it kept of its training, then decided by the labels; a range that
nothing decides is said to be not known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import isnan
from typing import get_args

import numpy as np

from gradcam_core.auditing.facts import (
    SWITCHES,
    Switch,
    option,
    origin_of,
    with_alarm,
    with_nonsense,
    with_value,
)
from gradcam_core.auditing.label_trials import Trials, by_labels, changes
from gradcam_core.base.intervals import NAN
from gradcam_core.base.logits import as_classes, margins, predicted_class
from gradcam_core.base.types import Floats, InputSpec, Picture, Project, Resize, Sample
from gradcam_core.images.batches import LoadedSample, load_sample
from gradcam_core.images.scaling import input_options, to_input
from gradcam_core.model.contract import Explainer, InputReading, Network
from gradcam_core.tasks import TASKS, Judge
from gradcam_core.tasks.label_check import Classes, order_warning
from gradcam_core.tasks.model_check import input_spec

PROBED = 64  # labelled samples on which other ways of feeding and class orders are tried
LOOKED_AT, FEWEST = 16, 4  # pictures whose first features are compared with what the network kept
ODD = 0.02  # difference of proportions that resizing has to deal with
CLEAR, CLOSE = 4.0, 0.5  # times less surprising than the next way; nats
NOT_KNOWN = (
    "input range not known: the network does not say which pixel values it was trained on, and {}; "
    "{} is a guess, and if it is wrong, every number and map here is noise; give the right one with "
    "--scaling"
)


@dataclass
class Probe:
    """Some samples of a project, read once for each way of resizing; what cannot be read is left out."""

    project: Project
    samples: list[Sample]
    read: dict[Resize, list[LoadedSample]] = field(default_factory=dict)

    def pictures(self, spec: InputSpec) -> Picture:
        """(N, H, W, 3) uint8 at the network's size."""
        pictures = [one.picture for one in self.loaded(spec) if one.picture is not None]
        return np.stack(pictures) if pictures else np.zeros((0, *spec.size, 3), np.uint8)

    def resizes(self, spec: InputSpec) -> tuple[Resize, ...]:
        """Ways of resizing worth a trial: all, or none where the pictures have the input's proportions."""
        sizes = {one.size for one in self.loaded(spec)}
        odd = any(abs(w * spec.height / (h * spec.width) - 1) > ODD for h, w in sizes)
        return get_args(Resize) if odd else ()

    def loaded(self, spec: InputSpec) -> list[LoadedSample]:
        """The readable samples."""
        if spec.resize not in self.read:
            medium = TASKS[self.project.task].medium
            found = [load_sample(self.project, one, spec, (), medium) for one in self.samples]
            self.read[spec.resize] = [one for one in found if one.picture is not None]
        return self.read[spec.resize]


def probed(project: Project) -> list[Sample]:
    """Labelled samples, drawn at random, always the same; a few of any kind where none has a label."""
    labelled = [sample for sample in project.samples if sample.label is not None]
    found, most = (labelled, PROBED) if labelled else (list(project.samples), LOOKED_AT)
    return [found[index] for index in np.random.default_rng(0).permutation(len(found))[:most]]


def with_input(
    project: Project, network: Network, explainer: Explainer, rules: Callable[[Project], Project]
) -> Project:
    """The project with range, channel order and resizing settled, and what the labels say against them.

    Args:
        network: the model itself.
        explainer: the same as the task reads it.
        rules: settles how files become pictures; asked after what can be read, before the labels.
    """
    if project.features is not None:
        return project
    if network.info.channels == 1:  # grey has no order
        facts = tuple(fact for fact in project.facts if fact.name != "channel_order")
        project = replace(project, facts=facts)
    project = as_read(project, network.info.reading)
    free = frozenset(name for name in SWITCHES if origin_of(project, name) == "guessed")
    if free & {"scaling", "channel_order"}:
        project = as_kept(project, network, Probe(project, probed(project)))
    project = rules(project)
    probe = Probe(project, probed(project))
    asked = TASKS[project.task].probed and any(one.label is not None for one in probe.samples)
    if asked:
        project = _judged(project, explainer, probe, free)
    if origin_of(project, "scaling") == "guessed":
        found = "the labels do not decide" if asked else "no label could be asked"
        project = with_alarm(project, "scaling", NOT_KNOWN.format(found, project.scaling), "not known")
    return project


def as_read(project: Project, reading: InputReading) -> Project:
    """What the network says wins over a guess, and contradicts what others say."""
    for name in ("scaling", "channel_order"):
        said, used = getattr(reading, name), getattr(project, name)
        if said is None:
            continue
        if origin_of(project, name) == "guessed":
            project = with_value(project, name, said, "read", reading.why)
        elif said != used:
            warning = f"{reading.why}, so it should be given {said}, not {used}; to use it: "
            project = with_alarm(project, name, warning + option(name, said))
    return project


def as_kept(project: Project, network: Network, probe: Probe) -> Project:
    """The way of feeding whose first features agree with what the network kept of its training."""
    spec = input_spec(project, network.info)
    pictures = probe.pictures(spec)[:LOOKED_AT]
    if len(pictures) < FEWEST or isnan(network.surprise(to_input(pictures, spec))):
        return project
    free = {name for name in SWITCHES if origin_of(project, name) == "guessed"}
    ways = [replace(spec, scaling=s, channel_order=o) for s, o in input_options(spec.channels)]
    found = {way: network.surprise(to_input(pictures, way)) for way in ways if changes(way, spec) <= free}
    best = min(found, key=found.__getitem__)
    for name in sorted(free & {"scaling", "channel_order"}):
        project = _agreeing(project, name, best, found, len(pictures))
    return project


def _agreeing(
    project: Project, name: Switch, best: InputSpec, found: Mapping[InputSpec, float], count: int
) -> Project:
    """The value of ``name`` in the ``best`` way, where all ways with another one are clearly worse."""
    rest = [way for way in found if getattr(way, name) != getattr(best, name)]
    if not rest or found[best] > CLOSE:
        return project
    second = min(rest, key=found.__getitem__)
    if found[second] < CLEAR * found[best]:
        return project
    why = (
        f"features of {count} pictures agree with what the network kept of its training: divergence "
        f"{found[best]:.2g}, {found[second]:.2g} with {getattr(second, name)}"
    )
    return with_value(project, name, getattr(best, name), "read", why)


def _judged(project: Project, explainer: Explainer, probe: Probe, free: frozenset[Switch]) -> Project:
    """What labels say of the way of feeding, then of the order of the classes, then of the model."""
    spec = input_spec(project, explainer.info)
    if not probe.loaded(spec):
        return project
    if (judge := TASKS[project.task].judge) is not None:
        samples = [one.sample for one in probe.loaded(spec)]
        return by_labels(project, spec, _trials_of(judge(project, samples), explainer, probe, spec), free)
    activation = explainer.info.activation
    names = {name: index for index, name in enumerate(project.class_names)}
    labels = np.array([names[str(one.sample.label)] for one in probe.loaded(spec)], dtype=np.intp)

    @cache
    def logits(way: InputSpec, count: int = len(labels)) -> Floats:
        return explainer.predict(to_input(probe.pictures(way)[:count], way))

    def predict(way: InputSpec, count: int) -> Classes:
        return predicted_class(logits(way, count), activation)

    def sureness(way: InputSpec) -> float:
        classes = as_classes(logits(way), activation)
        return float(np.median(margins(classes, classes.argmax(axis=1))))

    trials = Trials(predict, sureness, labels, len(names), probe.resizes(spec))
    project = by_labels(project, spec, trials, free)
    said = trials.said(input_spec(project, explainer.info))
    better = order_warning(said, labels, project.class_names)
    project = project if better is None else with_alarm(project, "class order", better)
    return with_nonsense(project, said, labels)


def _trials_of(judge: Judge, explainer: Explainer, probe: Probe, spec: InputSpec) -> Trials:
    """Trials of answers that are no single class: 1 where the task calls one right, else 0."""
    right, chance = judge

    def predict(way: InputSpec, count: int) -> Classes:
        found = right(explainer.predict(to_input(probe.pictures(way)[:count], way)))
        return np.asarray(found, dtype=np.intp)

    ones = np.ones(len(probe.loaded(spec)), np.intp)
    return Trials(predict, lambda way: NAN, ones, 1, probe.resizes(spec), chance=chance)
