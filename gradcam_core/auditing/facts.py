"""Facts of a project about its network's input, and how they change while an audit is set up."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from gradcam_core.base.types import Fact, Origin, Project
from gradcam_core.tasks.label_check import CHECK, SWITCH, Classes, nonsense

Switch = Literal["scaling", "channel_order", "resize"]
SWITCHES: tuple[Switch, ...] = ("scaling", "channel_order", "resize")
ANSWERS = "answers"
OPTION = "to use it"
_FIRST = (
    *("scaling", "channel_order", "resize", "class order", "orientation", "intensity"),
    *("answers", "labels from", "labels", "samples", "regions"),
)
_RANK = {name: place for place, name in enumerate(_FIRST)}


def origin_of(project: Project, name: Switch) -> Origin:
    """Where a value came from; what a source settled without a fact counts as read."""
    return next((fact.origin for fact in project.facts if fact.name == name), "read")


def with_value(project: Project, name: Switch, value: str, origin: Origin, why: str) -> Project:
    """The project with another value (of the field called ``name``), and the fact that says so."""
    changed: dict[str, Any] = {name: value}
    return with_fact(replace(project, **changed), Fact(name, value, origin, why))


def with_alarm(project: Project, name: str, warning: str, origin: Origin | None = None) -> Project:
    """The project with an alarm on the fact called ``name``, beside alarms that it has."""
    found = [fact for fact in project.facts if fact.name == name]
    fact = found[0] if found else Fact(name, str(getattr(project, name, "")), "read")
    said = "; ".join(filter(None, (fact.warning if fact.alarm else "", warning)))
    return with_fact(project, replace(fact, warning=said, alarm=True, origin=origin or fact.origin))


def with_fact(project: Project, fact: Fact) -> Project:
    """The fact in the place of the one of its name, or last."""
    if not any(one.name == fact.name for one in project.facts):
        return replace(project, facts=(*project.facts, fact))
    return replace(project, facts=tuple(fact if one.name == fact.name else one for one in project.facts))


def todo(facts: Sequence[Fact]) -> list[str]:
    """Every warning once, what changes most numbers first: alarms, then how pictures are read."""
    ranked = sorted(facts, key=lambda fact: (not fact.alarm, _RANK.get(fact.name, len(_RANK))))
    return list(dict.fromkeys(fact.warning for fact in ranked if fact.warning))


def with_nonsense(project: Project, said: Classes, labels: Classes | None) -> Project:
    """The project with an alarm where the answers (N,) say nothing of the pictures.

    It stands in place of one of before.

    Args:
        labels: (N,) class indices, or None where there are none.
    """
    facts = tuple(fact for fact in project.facts if fact.name != ANSWERS)
    todo = SWITCH if any(fact.alarm and OPTION in fact.warning for fact in facts) else CHECK
    sentence = nonsense(said, labels, project.class_names, todo)
    if sentence is not None:
        fact = Fact(ANSWERS, f"{len(said):,} looked at", "read", "", sentence, alarm=True)
        facts = (*facts, fact)
    return replace(project, facts=facts)


def option(name: Switch, value: str) -> str:
    """As the command line takes it: '--channel-order=bgr'."""
    return f"--{name.replace('_', '-')}={value}"
