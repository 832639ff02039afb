"""A drawn layout, opened: what was right, or why it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from benchmarks.layouts.drawing import Layout, Truth
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.types import Fact, Polygon, Project, Region, Sample
from gradcam_core.images import picture_size
from gradcam_core.images.regions import render
from gradcam_core.projects import open_project

OVERLAP = 0.9  # intersection over union from which a region is right


@dataclass(frozen=True)
class Outcome:
    """What came of one layout: counts of what is right and wrong, or the reason of a refusal."""

    pictures: int = 0
    labels: int = 0
    regions: int = 0
    wrong: tuple[str, ...] = ()
    reason: str = ""
    facts: tuple[Fact, ...] = ()


def outcome(one: Layout, root: Path) -> Outcome:
    """Draw the layout into an empty folder, open it, compare with the truth."""
    truth = one.draw(root)
    try:
        project = open_project(root, one.options)
    except ProjectError as error:
        return Outcome(reason=f"{error.expected}; {error.found}; {error.todo}")
    samples = {PurePosixPath(sample.path).stem: sample for sample in project.samples}
    wrong = [f"picture {name} is missing" for name in truth.labels.keys() - samples.keys()]
    wrong += [f"picture {name} does not belong" for name in samples.keys() - truth.labels.keys()]
    wrong += [f"{sample}: {reason}" for sample, reason in project.broken.items()]
    known = {name: sample for name, sample in samples.items() if name in truth.labels}
    labels = _labels(truth.labels, known, wrong)
    regions = _regions(truth, known, project, wrong)
    return Outcome(len(known), labels, regions, tuple(sorted(wrong)), facts=project.facts)


def _labels(truth: Mapping[str, str | None], samples: Mapping[str, Sample], wrong: list[str]) -> int:
    for name, sample in samples.items():
        if sample.label != truth[name]:
            wrong.append(f"label of {name} is {sample.label}, not {truth[name]}")
    return sum(sample.label is not None and sample.label == truth[name] for name, sample in samples.items())


def _regions(truth: Truth, samples: Mapping[str, Sample], project: Project, wrong: list[str]) -> int:
    right = 0
    for name, sample in samples.items():
        found = project.regions.get(sample.id)
        if (found is None) != (name not in truth.regions):
            wrong.append(f"{name} has {'no' if found is None else 'a'} region")
        if found is None or name not in truth.regions:
            continue
        size = picture_size(project.root / sample.path)
        wanted = Region("mask", tuple(Polygon(points) for points in truth.regions[name]))
        a, b = render(found, size) > 0, render(wanted, size) > 0
        overlap = (a & b).sum() / (a | b).sum()
        if overlap < OVERLAP:
            wrong.append(f"region of {name} overlaps by {overlap:.2f}")
        right += bool(overlap >= OVERLAP)
    return right
