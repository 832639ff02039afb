"""A few samples as the network gets them, drawn back as pictures: what was understood, to be looked at."""

import base64
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from gradcam_core.base.types import InputSpec, Picture, Project, Sample
from gradcam_core.images import encode_png, from_input, thumbnail
from gradcam_core.images.batches import load_sample
from gradcam_core.images.medium import PICTURES
from gradcam_core.images.sheet import contact_sheet
from gradcam_core.images.survey import evenly
from gradcam_core.tasks import TASKS

SHOWN = 6
LARGEST = 256  # pixels of a picture in JSON


@dataclass(frozen=True)
class Previewed:
    """One sample as it goes into the network.

    Attributes:
        path: of its file, below the project.
        label: None where there is none.
        picture: (H, W, 3) uint8 RGB at the network's size and the way up that it gets; None where the
            file cannot be read.
        values: smallest and largest value of the network's input.
        reason: why there is no picture, else "".
    """

    path: str
    label: str | None
    picture: Picture | None
    values: tuple[float, float] = (float("nan"), float("nan"))
    reason: str = ""

    @property
    def words(self) -> str:
        """The range of the network's input, or why there is none."""
        low, high = self.values
        return self.reason or f"values {low:.3g} to {high:.3g}"

    def to_json(self) -> dict[str, str | None]:
        """Path, label, words, and the picture as a PNG in base64, "" where there is none."""
        png = b"" if self.picture is None else encode_png(thumbnail(self.picture, LARGEST))
        data = base64.b64encode(png).decode()
        return {"path": self.path, "label": self.label, "words": self.words, "png": data}


def preview(project: Project, spec: InputSpec, count: int = SHOWN) -> list[Previewed]:
    """A few samples, of every class in turn; none where samples are no pictures."""
    if TASKS[project.task].medium is not PICTURES:
        return []
    return [_previewed(project, sample, spec) for sample in spread(project.samples, count)]


def sheet(seen: Sequence[Previewed]) -> Picture:
    """(H, W, 3) uint8, the contact sheet of at least one: path, label and range below each picture."""
    return contact_sheet([(one.picture, [one.path, one.label or "no label", one.words]) for one in seen])


def spread(samples: Sequence[Sample], count: int) -> list[Sample]:
    """At most ``count`` samples, of every label in turn, those of one label spread evenly."""
    by_label: dict[str | None, list[Sample]] = defaultdict(list)
    for sample in samples:
        by_label[sample.label].append(sample)
    turns = (label for turn in range(count) for label, own in by_label.items() if turn < len(own))
    order = list(islice(turns, count))
    quota = Counter(order)
    picks = {label: iter(evenly(range(len(by_label[label])), quota[label])) for label in quota}
    return [by_label[label][next(picks[label])] for label in order]


def _previewed(project: Project, sample: Sample, spec: InputSpec) -> Previewed:
    loaded = load_sample(project, sample, spec, (), PICTURES)
    if loaded.picture is None:
        return Previewed(sample.path, sample.label, None, reason=loaded.reason or "cannot be read")
    inputs = PICTURES.inputs(loaded.picture[None], spec)
    ends = float(np.min(inputs)), float(np.max(inputs))
    return Previewed(sample.path, sample.label, from_input(inputs, spec)[0], ends)
