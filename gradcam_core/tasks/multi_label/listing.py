"""A project of pictures -> the same project with one sample per picture and class that is there or said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from gradcam_core.base.types import Doubles, Fact, InputSpec, MaskFile, Meta, Project, Region, Sample
from gradcam_core.images.batches import prepare
from gradcam_core.images.medium import PICTURES
from gradcam_core.model.contract import Explainer
from gradcam_core.tasks.multi_label.class_order import as_flags, better_order
from gradcam_core.tasks.multi_label.label_sets import from_text, in_order, parts, uncertain
from gradcam_core.tasks.multi_label.rows import ABSENT, limits

BATCH = 32
PICTURE, OWN_CLASS, ANSWERS, LABELS = "_picture", "_own_class", "_answers", "_labels"
EDITS = (
    "read at each row's own class; backgrounds are lent by pictures without that class; what is pasted in "
    "is read for the class that it would speak for"
)


def list_classes(project: Project, explainer: Explainer, spec: InputSpec) -> Project:
    """One sample per picture and class that is labelled or said; of pictures with neither one sample.

    What a sample stands for is in metadata of its own (names that start with an underscore): its picture,
    its class, all answers and all labels of the picture. Its label is that class, or "absent"; a picture
    with neither stands for the class that was nearest to be said. Ids end in the place of the class in the
    model's order, from 1. Pictures that cannot be read stay one sample. All are predicted once here.
    """
    logits, broken = _predicted(project, explainer, spec)
    project = _reordered(project, logits)
    names = project.class_names[:-1]
    above = {name: z - limits(project.thresholds, names) for name, z in logits.items()}
    found: list[Sample] = []
    regions: dict[str, Region] = {}
    notes: dict[str, str] = {}
    for sample in project.samples:
        if sample.id in broken:
            found.append(replace(sample, label=None))
            continue
        for one in _rows(sample, above[sample.id], names):
            found.append(one)
            region = _own_region(project.regions.get(sample.id), str(one.metadata[OWN_CLASS]), one, names)
            if region is not None:
                regions[one.id] = region
            if note := project.region_notes.get(sample.id):
                notes[one.id] = note
    return replace(
        project,
        samples=tuple(found),
        regions=regions,
        region_notes=notes,
        label_notes={},
        broken={**project.broken, **broken},
        facts=(*project.facts, *_facts(project, found)),
    )


def _predicted(
    project: Project, explainer: Explainer, spec: InputSpec
) -> tuple[dict[str, Doubles], dict[str, str]]:
    """Sample id -> (K,) logits, and why others could not be read."""
    logits: dict[str, Doubles] = {}
    broken: dict[str, str] = {}
    for batch in prepare(replace(project, regions={}), spec, (), BATCH, PICTURES):
        said = iter(explainer.predict(batch.inputs) if len(batch.inputs) else ())
        for one in batch.loaded:
            if one.reason is None:
                logits[one.sample.id] = np.asarray(next(said), dtype=np.float64)
            else:
                broken[one.sample.id] = one.reason
    return logits, broken


def _reordered(project: Project, logits: dict[str, Doubles]) -> Project:
    """The class order that the labels decide, where the one at hand was guessed; else an alarm."""
    names = project.class_names[:-1]
    known = [one for one in project.samples if one.label is not None and one.id in logits]
    if not known:
        return project
    lowest = limits(project.thresholds, names)
    said = np.stack([logits[one.id] for one in known]) > lowest
    labels = as_flags([from_text(str(one.label)) for one in known], names)
    sure = ~as_flags([uncertain(str(one.label)) for one in known], names)
    order = better_order(said, labels, sure)
    if order is None:
        return project
    better = tuple(names[index] for index in order)
    ways = ((labels[:, order], sure[:, order]), (labels, sure))
    shares = [f"{((said == flags) | ~certain).all(axis=1).mean():.0%}" for flags, certain in ways]
    told = f"all labels right on {shares[0]} of {len(known):,} pictures, {shares[1]} with"
    guessed = any(fact.name == "class order" and fact.origin == "guessed" for fact in project.facts)
    if guessed:
        why = f"{told} {', '.join(names)}; another one: --labels FILE"
        fact = Fact("class order", ", ".join(better), "decided by the labels", why)
        samples = [
            one if one.label is None else replace(one, label=in_order(parts(one.label), better))
            for one in project.samples
        ]
        project = replace(project, class_names=(*better, ABSENT), samples=tuple(samples))
    else:
        warning = f"the class order {', '.join(better)} clearly fits better: {told} the given one"
        todo = "; to use it, give a file of these names, one per line, with --labels FILE"
        fact = Fact("class order", ", ".join(names), "given", "", warning + todo, alarm=True)
    rest = [one for one in project.facts if one.name != "class order"]
    return replace(project, facts=(*rest, fact))


def _rows(sample: Sample, above: Doubles, names: Sequence[str]) -> list[Sample]:
    """The rows of one picture; ``above`` (K,) is how far each logit lies above its threshold."""
    said = [name for name, one in zip(names, above, strict=True) if one > 0]
    there = None if sample.label is None else from_text(sample.label)
    chosen = [name for name in names if name in said or name in (there or ())]
    open_ones = uncertain(sample.label or "")
    labels = None if sample.label is None else in_order(parts(sample.label), names)
    own: dict[str, Meta] = {PICTURE: sample.id, ANSWERS: in_order(said, names), LABELS: labels}
    found = []
    for name in chosen or [names[int(above.argmax())]]:
        label = None if there is None or name in open_ones else name if name in there else ABSENT
        metadata = {**sample.metadata, **own, OWN_CLASS: name}
        number = names.index(name) + 1
        found.append(replace(sample, id=f"{sample.id}#{number}", label=label, metadata=metadata))
    return found


def _own_region(region: Region | None, own: str, row: Sample, names: Sequence[str]) -> Region | None:
    """Shapes of the row's class and those of no class; of a class that is not there all shapes."""
    if region is None or row.label in (None, ABSENT):
        return region
    shapes = tuple(
        one
        for one in region.shapes
        if isinstance(one, MaskFile) or one.label == own or one.label not in names
    )
    return Region(region.source, shapes) if shapes else None


def _facts(project: Project, rows: Sequence[Sample]) -> list[Fact]:
    pictures = {str(one.metadata[PICTURE]) for one in rows if PICTURE in one.metadata}
    kinds = Counter(
        ("hits" if one.label in from_text(str(one.metadata[ANSWERS])) else "misses")
        if one.label != ABSENT
        else ("false alarms" if one.metadata[ANSWERS] else "nothing there, nothing said")
        for one in rows
        if one.label is not None
    )
    value = f"{len(rows):,} of {len(pictures):,} pictures"
    rule = "a picture has a row for each class that is labelled or said, and one where neither is"
    if kinds:
        order = ("hits", "misses", "false alarms", "nothing there, nothing said")
        value += ": " + ", ".join(f"{kinds[kind]:,} {kind}" for kind in order)
    return [Fact("rows", value, "read", rule), Fact("edits", "of one class each", "read", EDITS)]
