"""What ``import gradcam_core`` offers of projects: open one and look at what was understood."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pandas as pd

from gradcam_core import projects
from gradcam_core.base import paths, remote_folder
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.progress import Progress, listening
from gradcam_core.base.text import short
from gradcam_core.base.types import ChannelOrder, Project, Resize, ResizeMethod, Sample, Scaling
from gradcam_core.images import PICTURE_SUFFIXES
from gradcam_core.projects.overrides import LabelsFrom, Overrides, Uncertain

FILES = ("model", "quantised", "images", "regions", "labels")


class OverrideArguments(TypedDict, total=False):
    """The fields of ``Overrides`` as keywords; a place may be a string."""

    name: str | None
    task: str | None
    model: str | Path | None
    quantised: str | Path | None
    images: str | Path | None
    regions: str | Path | None
    labels: str | Path | Sequence[str] | None
    class_order: Sequence[str] | None
    scaling: Scaling | None
    resize: Resize | None
    resize_method: ResizeMethod | None
    channels: int | None
    channel_order: ChannelOrder | None
    orientation: Orientation | None
    regions_orientation: Orientation | None
    intensity: str | None
    background: str | None
    label_names: Sequence[str] | str | None
    labels_from: LabelsFrom | None
    uncertain: Uncertain | None
    category: str | None
    threshold: float | None
    class_thresholds: Mapping[str, float] | None
    tolerance: float | None
    host: str | None
    impulse: int | None
    block: int | None
    via: str | None


@dataclass(frozen=True)
class ProjectView:
    """An opened project as people look at it; :func:`gradcam_core.audit` takes it.

    Attributes:
        project: the project itself, as the rest of the package sees it.
    """

    project: Project = field(repr=False)

    @property
    def name(self) -> str:
        """Its name."""
        return self.project.name

    @property
    def task(self) -> str:
        """What kind of answer the model gives, e.g. "classification"."""
        return self.project.task

    @property
    def class_names(self) -> tuple[str, ...]:
        """Names of the classes in the order of the model's outputs."""
        return self.project.class_names

    @cached_property
    def facts(self) -> pd.DataFrame:
        """What was understood, one row each: name, value, origin (given, read, guessed …), why, warning."""
        columns = ["name", "value", "origin", "why", "warning"]
        return pd.DataFrame([asdict(fact) for fact in self.project.facts], columns=columns)

    @cached_property
    def samples(self) -> pd.DataFrame:
        """One row per sample: sample_id, path, label, target, split, region_source, meta_…"""
        columns = ["sample_id", "path", "label", "target", "split", "region_source"]
        rows = [self._row(sample) for sample in self.project.samples]
        names = dict.fromkeys([*columns, *(key for row in rows for key in row)])
        return pd.DataFrame(rows, columns=list(names))

    @cached_property
    def problems(self) -> pd.DataFrame:
        """What does not fit, one row each: about (a sample's id or a fact's name), problem."""
        notes = (self.project.broken, self.project.region_notes, self.project.label_notes)
        found = [(about, said) for note in notes for about, said in note.items()]
        found += [(fact.name, fact.warning) for fact in self.project.facts if fact.warning]
        return pd.DataFrame(found, columns=["about", "problem"])

    def thinned(self, count: int) -> "ProjectView":
        """The same project with at most ``count`` of its samples, spread evenly.

        Raises:
            ProjectError: a count below 1.
        """
        if count < 1:
            raise ProjectError("at least one sample", str(count), "give a number above 0")
        every = self.project.samples
        step = max(1.0, len(every) / count)
        kept = tuple(every[int(number * step)] for number in range(min(count, len(every))))
        return ProjectView(replace(self.project, samples=kept))

    def _row(self, sample: Sample) -> dict[str, Any]:
        region = self.project.regions.get(sample.id)
        return {
            "sample_id": sample.id,
            "path": sample.path,
            "label": sample.label,
            "target": sample.target,
            "split": sample.split,
            "region_source": "none" if region is None else region.source,
            **{f"meta_{key}": value for key, value in sample.metadata.items() if not key.startswith("_")},
        }

    def __repr__(self) -> str:
        return f"<project {self.name}: {len(self.project.samples)} samples, {self.task}>"


def open_project(
    path: str | Path, *, progress: Progress | bool = False, **overrides: Unpack[OverrideArguments]
) -> ProjectView:
    """Open a project and say what was understood of it; nothing is computed yet.

    Args:
        path: a folder, a project.toml, a manifest (csv, parquet), a URL, "demo:NAME" or "edge-impulse"
            (the API key is read from the environment variable ``EI_API_KEY``).
        progress: True draws bars on standard error; a function is called with (stage, done, total).
        **overrides: what wins over everything found. ``model``: file or SavedModel folder.
            ``quantised``: the same network as int8, asked beside it. ``images``: folder of the test
            pictures. ``regions``: masks or boxes. ``labels``: the class names in the order of the model's
            outputs, or a file of them, or a manifest. ``label_names``: "label=class" for labels that are
            called otherwise. ``uncertain``: "ignore", "positive" or "negative": -1 of a class.
            ``task``: "classification", "multi-label", "regression", "object-detection",
            "visual-anomaly" or "audio". ``scaling``, ``resize``, ``resize_method``,
            ``channels``, ``channel_order``: how a picture becomes the
            network's input. ``category``: "testing" (taken first), "training" or "validation" of an
            export of Edge Impulse. ``threshold``: score from which a picture is an anomaly, confidence
            below which an answer of classes is uncertain, probability from which a label is said or a
            cell is an object; ``class_thresholds``: that of single classes. ``tolerance``: largest error
            of a number that counts as right. ``name``: of the project. ``host``, ``impulse``, ``block``,
            ``via``: of Edge Impulse.

    Raises:
        ProjectError: nothing there, or what is there does not fit together.
        SourceError: a remote source did not answer as expected.
    """
    place = str(path)
    with listening(progress) as report:
        if remote_folder.is_url(place):
            if paths.roots() is not None:
                todo = "audit a URL from the command line, without GRADCAM_ROOTS"
                raise ProjectError("a folder", short(place), todo)
            report("listing the project", 0, 1)
            place = str(remote_folder.make(place, paths.mirrors_dir(), PICTURE_SUFFIXES))
        return ProjectView(projects.open_project(place, _overrides(overrides), report))


def _overrides(given: Mapping[str, Any]) -> Overrides:
    """Places become paths; class names in place of a file are the class order."""
    known: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    labels = known.get("labels")
    if labels is not None and not isinstance(labels, str | Path):
        known["class_order"] = known.pop("labels")
    if isinstance(known.get("label_names"), str):
        known["label_names"] = [pair.strip() for pair in known["label_names"].split(",") if pair.strip()]
    for name in {"class_order", "label_names"} & known.keys():
        known[name] = tuple(known[name])
    known |= {name: Path(known[name]) for name in FILES if name in known}
    return Overrides(**known)
