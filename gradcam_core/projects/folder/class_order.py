"""Which classes there are, in the order of the model's outputs, and what each sample's label is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import holds
from gradcam_core.base.types import Sample
from gradcam_core.projects.folder.class_names import LABEL_FILES, names_classes, read_labels_file
from gradcam_core.projects.folder.label_names import given_names, map_labels
from gradcam_core.projects.folder.sample_table import TABLES
from gradcam_core.projects.folder.samples import Collected
from gradcam_core.projects.folder.work import Origin, Work, count, some


def order_classes(work: Work, collected: Collected) -> tuple[str, ...]:
    """The class order, and the labels of the samples put in its words.

    A label that is in no given or read order is an error, not an unlabelled sample: one wrong name in
    a labels file would otherwise silently shift what every output means. A guessed order is made of
    the labels themselves and cannot miss one.

    Raises:
        ProjectError: names the unknown labels and the known classes.
    """
    labels = [sample.label for sample in collected.samples if sample.label is not None]
    names = given_names(work.answers.label_names or ())
    classes = known_order(work) or _listed_order(work, collected) or _guessed_order(work, labels, names)
    mapping = map_labels(Counter(labels), classes, names)
    if mapping.why:
        renamed = [f"{old} = {new}" for old, new in mapping.names.items() if old != new]
        how = f"{mapping.why}; to change it: --label-names OLD=NEW,…"
        guessed = set(renamed) - {f"{old} = {new}" for old, new in names.items()}
        work.fact("label names", some(renamed), "guessed" if guessed else "given", how)
    collected.samples = [_renamed(sample, mapping.names) for sample in collected.samples]
    _label_facts(work, collected.samples, classes)
    return classes


def _renamed(sample: Sample, names: Mapping[str, str]) -> Sample:
    return sample if sample.label is None else replace(sample, label=names[sample.label])


def known_order(work: Work, told: bool = True) -> tuple[str, ...]:
    """The class order that was given or stands in a labels file; () where there is none.

    Args:
        work: the user's answers.
        told: it gets the fact.
    """
    given = work.answers.class_order
    if given is not None:
        if not given or len(set(given)) < len(given):
            raise ProjectError(
                "every class name once", ", ".join(given) or "none", "correct the class order"
            )
        if told:
            work.said("class order", ", ".join(given), "class_order")
        return given
    file = _labels_file(work)
    if file is None:
        return ()
    classes = read_labels_file(file)
    origin: Origin = "given" if work.answers.labels else "read"
    if told:
        work.fact("class order", ", ".join(classes), origin, work.below(file))
    return classes


def _listed_order(work: Work, collected: Collected) -> tuple[str, ...]:
    """The order in which the data set's own files number its classes."""
    if collected.class_order:
        named = ", ".join(collected.class_order)
        work.fact("class order", named, "read", "as the data set numbers its classes")
    return collected.class_order


def _labels_file(work: Work) -> Path | None:
    given = work.answers.labels
    if given is not None and given.suffix.lower() not in TABLES:
        return given.resolve() if given.exists() else work.root / given
    found = (work.root / name for name in LABEL_FILES if holds(work.root, name))
    return next((file for file in found if names_classes(file)), None)


def _guessed_order(work: Work, found: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    folders = tuple(sorted({names.get(name, name) for name in work.scan.classes}))
    labels = [names.get(label, label) for label in found]
    if folders and set(labels) <= set(folders):
        work.fact(
            "class order", ", ".join(folders), "guessed", "class folders sorted by name, as Keras does"
        )
        return folders
    numbers = all(map(str.isdecimal, labels))
    classes = tuple(sorted(set(labels), key=int if numbers else str))
    if classes:
        why = "labels are numbers, sorted as such" if numbers else "labels sorted by name"
        work.fact("class order", ", ".join(classes), "guessed", why, _gaps(classes) if numbers else "")
    else:
        warning = "name the classes in labels.txt or with --labels"
        work.fact("class order", "unknown", "guessed", "no labels and no labels file", warning)
    return classes


def _gaps(numbers: Sequence[str]) -> str:
    """A warning where numbers are left out, which a model may have outputs for."""
    first, last = int(numbers[0]), int(numbers[-1])
    missing = last - first + 1 - len(numbers)
    if first in (0, 1) and not missing:
        return ""
    return f"no picture has one of the numbers between 0 and {last}: name all classes in labels.txt"


def _label_facts(work: Work, samples: Sequence[Sample], classes: Sequence[str]) -> None:
    labels = [sample.label for sample in samples]
    counts = [f"{name} {labels.count(name):,}" for name in classes]
    missing = labels.count(None)
    warning = f"{count(missing, 'sample')} without a label" if missing else ""
    work.fact("labels", some(counts, 20) or "none", "read", count(len(classes), "class"), warning)
