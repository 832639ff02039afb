"""A project of several labels per picture and its model: checked against each other."""

from dataclasses import replace

from gradcam_core.base.errors import ModelError, ProjectError
from gradcam_core.base.types import Fact, MaskFile, Project
from gradcam_core.model.contract import ModelInfo
from gradcam_core.tasks.model_check import check_classes, named_classes
from gradcam_core.tasks.multi_label.label_sets import bare, in_order, parts, says_nothing
from gradcam_core.tasks.multi_label.rows import ABSENT, OWN, THRESHOLD, thresholds

SINGLE = "--task=classification reads one class per picture"


def fitted(project: Project, info: ModelInfo) -> Project:
    """The project with "absent" after the names of its classes, one per output of the model.

    Raises:
        ModelError: the outputs compete (softmax), there is one, or another number than of classes.
        ProjectError: a threshold is none, or of no class.
    """
    _check_head(info)
    project = _labelled_by_regions(project)
    project = named_classes(_without_nothing(project, info), info)
    check_classes(project, info)
    names = project.class_names
    if ABSENT in names:
        raise ProjectError("names of classes", f"a class called {ABSENT!r}", "give it another name")
    _check_thresholds(project)
    facts = [*project.facts, _head_fact(project, info), _threshold_fact(project)]
    return replace(project, class_names=(*names, ABSENT), facts=tuple(facts))


def _check_head(info: ModelInfo) -> None:
    if info.activation == "softmax":
        raise ModelError(
            "outputs that each stand for themselves (sigmoid units or logits)",
            f"a softmax over {info.outputs}, whose classes exclude each other",
            SINGLE,
        )
    if info.outputs < 2:
        raise ModelError("two or more outputs, one per class", f"{info.outputs}", SINGLE)


def _without_nothing(project: Project, info: ModelInfo) -> Project:
    """A word for "nothing" that was taken for a class, where the model has one output less."""
    names = project.class_names
    kept = tuple(name for name in names if not says_nothing(name))
    if len(names) != info.outputs + 1 or len(kept) != info.outputs:
        return project
    samples = [
        one
        if one.label is None
        else replace(one, label=in_order([name for name in parts(one.label) if bare(name) in kept], kept))
        for one in project.samples
    ]
    return replace(project, class_names=kept, samples=tuple(samples))


def _labelled_by_regions(project: Project) -> Project:
    """Labels from the classes of annotated shapes, where no picture has labels of its own."""
    shaped = {
        name: [one.label for one in region.shapes if not isinstance(one, MaskFile) and one.label]
        for name, region in project.regions.items()
    }
    found = sorted({label for labels in shaped.values() for label in labels})
    if not found or any(one.label is not None for one in project.samples):
        return project
    names = project.class_names or tuple(found)
    if unknown := [name for name in found if name not in names]:
        raise ProjectError(
            f"annotated shapes of classes out of {', '.join(names)}",
            ", ".join(unknown[:8]),
            "give all classes in the order of the outputs with --labels FILE",
        )
    samples = [replace(one, label=in_order(shaped.get(one.id, ()), names)) for one in project.samples]
    empty = sum(one.label == "" for one in samples)
    why = f"classes of the annotated shapes; {empty:,} pictures without any have no finding"
    facts = [one for one in project.facts if one.name != "labels"]
    if not project.class_names:
        facts = [one for one in facts if one.name != "class order"]
        facts.append(Fact("class order", ", ".join(names), "guessed", "annotated classes sorted by name"))
    facts.append(Fact("labels", f"{len(samples):,} pictures", "guessed", why))
    return replace(project, class_names=names, samples=tuple(samples), facts=tuple(facts))


def _check_thresholds(project: Project) -> None:
    for name, value in project.thresholds.items():
        own = name.removeprefix(OWN)
        if name.startswith(OWN) and own not in project.class_names:
            known = ", ".join(project.class_names)
            raise ProjectError(f"a threshold of a class out of: {known}", repr(own), "correct its name")
        if name.startswith((OWN, THRESHOLD)) and not 0 < value < 1:
            raise ProjectError("a threshold between 0 and 1", f"{name} {value:g}", "correct it")


def _head_fact(project: Project, info: ModelInfo) -> Fact:
    several = sum("|" in (one.label or "") for one in project.samples)
    if info.activation == "sigmoid":
        return Fact("outputs", f"{info.outputs} of their own", "read", "sigmoid units")
    if several:
        why = f"the network ends in logits, and {several:,} pictures have several labels"
        return Fact("outputs", f"{info.outputs} of their own", "decided by the labels", why)
    why = "the network ends in logits, and no picture has several labels"
    warning = f"a sigmoid of each output is a guess; {SINGLE} (softmax)"
    return Fact("outputs", f"{info.outputs} of their own", "guessed", why, warning)


def _threshold_fact(project: Project) -> Fact:
    values = thresholds(project.thresholds, project.class_names)
    given = any(name.startswith((OWN, THRESHOLD)) for name in project.thresholds)
    each = ", ".join(f"{name} {one:g}" for name, one in zip(project.class_names, values, strict=True))
    value = f"{values[0]:g} for each class" if len(set(values)) == 1 else each
    todo = "others: --threshold=0.4 for all, --class-threshold NAME=0.4 for one"
    return Fact("thresholds", value, "given" if given else "guessed", "" if given else f"usual; {todo}")
