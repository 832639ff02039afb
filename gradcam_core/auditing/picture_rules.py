"""How the pictures of a project are read where their files leave it open: one rule each for all of them.

Orientation, depth of grey, transparency, frames. What nobody said is asked of the labels; every rule is a
fact with what it was taken from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from gradcam_core.base.picture_rules import BLACK, DATASET, FULL, NO_BACKGROUND, Orientation
from gradcam_core.base.types import Fact, InputSpec, Project, Sample, Scaling
from gradcam_core.images.survey import Survey, ValueRange, evenly, survey, value_range
from gradcam_core.model.contract import ModelInfo
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.asking import Asked, Predict, ask
from gradcam_core.tasks.model_check import input_spec

ASKED = 64  # labelled pictures on which ways to read them are compared
COLOURS, OF_COLOURS = 3, ("torch", "bgr-subtract-imagenet-mean")  # with a mean for each of three channels
OTHER: dict[Orientation, Orientation] = {"stored": "upright", "upright": "stored"}


@dataclass(frozen=True)
class _Case:
    """A project whose pictures were looked at, and its model as something that can be asked."""

    project: Project
    found: Survey
    predict: Predict | None

    def ask(self, places: Sequence[int], ways: dict[str, InputSpec]) -> Asked:
        """The labels of the pictures at these places; nothing where the model gives no classes."""
        samples: list[Sample] = [self.project.samples[place] for place in places]
        labelled = [one for one in samples if one.label is not None]
        chosen = [labelled[place] for place in evenly(range(len(labelled)), ASKED)]
        if self.predict is None or not chosen:
            return Asked({})
        medium = TASKS[self.project.task].medium
        return ask(self.project, chosen, ways, medium, self.predict, self._scalings(ways))

    def _scalings(self, ways: dict[str, InputSpec]) -> list[Scaling]:
        """Other scalings, where the one in use is no more than a guess."""
        if not any(fact.name == "scaling" and fact.origin == "guessed" for fact in self.project.facts):
            return []
        spec = next(iter(ways.values()))
        return [one for one in get_args(Scaling) if spec.channels == COLOURS or one not in OF_COLOURS]


def with_picture_rules(project: Project, info: ModelInfo, predict: Predict | None) -> Project:
    """The project with orientation and intensity settled, and facts about how its pictures are read.

    Args:
        project: fitted to its model.
        info: of the model.
        predict: network inputs (N, H, W, C) -> class index (N,); None where the answer is no class.

    Raises:
        ProjectError: a rule that there is not.
    """
    if project.features is not None:
        return project
    spec, samples = input_spec(project, info), project.samples
    found = survey(len(samples), lambda place: project.root / samples[place].path)
    case = _Case(project, found, predict)
    spec, deep = _intensity(case, spec)
    spec, turned = _orientation(case, spec)
    facts = (*project.facts, *deep, *turned, *_background(case, spec), *_frames(case))
    return replace(project, facts=facts, orientation=spec.orientation, intensity=spec.intensity)


def _intensity(case: _Case, spec: InputSpec) -> tuple[InputSpec, list[Fact]]:
    given, found = case.project.intensity, case.found
    lies = value_range([case.project.root / case.project.samples[place].path for place in found.deep])
    if lies is None:
        return spec, []
    seen = (
        f"nearly all values of {lies.pictures} deep pictures lie in {lies.low:g}..{lies.high:g}, "
        f"{len(found.deep)} of {found.looked} pictures are deep"
    )
    if given is not None:
        rule = lies.rule if given == DATASET else given
        return replace(spec, intensity=rule), [Fact("intensity", _said(rule), "given", seen)]
    rule, why, warning = _asked_intensity(case, spec, lies)
    return replace(spec, intensity=rule), [
        Fact("intensity", _said(rule), "guessed", f"{seen}; {why}; another rule with --intensity", warning)
    ]


def _asked_intensity(case: _Case, spec: InputSpec, lies: ValueRange) -> tuple[str, str, str]:
    """(rule, from what, warning) for deep pictures of which nobody said how they are read."""
    rules = list(dict.fromkeys((lies.guess, *((FULL,) if lies.fits_full else ()), lies.rule)))
    asked = case.ask(case.found.deep, {rule: replace(spec, intensity=rule) for rule in rules})
    if asked.n:
        clear = all(asked.clearly(asked.best, rule) for rule in rules if rule != asked.best)
        return asked.best, asked.words() + ("" if clear else ", no clear difference"), ""
    warning = (
        f"nothing tells how training read deep pictures: taken as {lies.guess} from their values; "
        f"to say it: --intensity={FULL if lies.guess != FULL else lies.rule}"
    )
    return lies.guess, "the fewest bits, or the range, that holds them", warning


def _said(rule: str) -> str:
    return f"{rule} (of 16 bits the high byte, as Keras reads it)" if rule == FULL else f"{rule} is 0..255"


def _orientation(case: _Case, spec: InputSpec) -> tuple[InputSpec, list[Fact]]:
    given, turned = case.project.orientation, case.found.turned
    if not turned:
        return replace(spec, orientation=given or "upright"), []
    ways: tuple[Orientation, Orientation] = ("stored", "upright")
    asked = case.ask(turned, {way: replace(spec, orientation=way) for way in ways})
    seen = f"{len(turned)} of {case.found.looked} pictures have an EXIF orientation"
    why = f"{seen}; {asked.words()}" if asked.n else seen
    if given is not None:
        spec = replace(spec, orientation=given)
        return spec, [Fact("orientation", given, "given", why, _contradicted(asked, given))]
    best: Orientation = "upright" if asked.n and asked.best == "upright" else "stored"
    if not asked.n:
        why += "; Keras's loaders read pictures as they are stored"
    elif not asked.clearly(best, OTHER[best]):
        why += ", no clear difference"
    warning = (
        ""
        if asked.n
        else (
            f"nothing tells which way up training read {len(turned)} turned pictures: taken as stored, "
            "as Keras's loaders do; to say it: --orientation=upright"
        )
    )
    why += f"; the other way with --orientation={OTHER[best]}"
    return replace(spec, orientation=best), [Fact("orientation", best, "guessed", why, warning)]


def _contradicted(asked: Asked, given: Orientation) -> str:
    other = OTHER[given]
    if not asked.n or not asked.clearly(other, given):
        return ""
    return (
        f"orientation {other} fits the labels clearly better, {asked.words()}; "
        f"to use it: --orientation={other}"
    )


def _background(case: _Case, spec: InputSpec) -> list[Fact]:
    count = len(case.found.see_through)
    if not count:
        return []
    seen = f"{count} of {case.found.looked} pictures can have transparent pixels"
    if spec.background == NO_BACKGROUND:
        value = "none: alpha is dropped, hidden colours appear"
    else:
        value = f"{spec.background}, where pixels are transparent"
        seen += (
            "; loaders that drop alpha show hidden colours, mostly black: as they do with --background=none"
        )
    return [Fact("background", value, "guessed" if spec.background == BLACK else "given", seen)]


def _frames(case: _Case) -> list[Fact]:
    count = len(case.found.frames)
    if not count:
        return []
    why = f"{count} of {case.found.looked} pictures have several frames or pages; their rows say so"
    return [Fact("frames", "the first one", "read", why)]
