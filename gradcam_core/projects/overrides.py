"""Overrides: what the user said about a project."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.types import ChannelOrder, Resize, ResizeMethod, Scaling
from gradcam_core.tasks.multi_label.rows import threshold_name

LabelsFrom = Literal["table", "folders"]
Uncertain = Literal["ignore", "positive", "negative"]


@dataclass(frozen=True)
class Overrides:
    """What the user said; None means "find out". Paths are absolute or below the current folder.

    Attributes:
        name: of the project.
        task: what kind of answer the model gives; a name out of ``tasks.TASKS``.
        model: model file or SavedModel folder.
        quantised: the same network in few bits (int8), as it ships; asked beside the model.
        images: folder with the pictures.
        regions: folder or file that says where the object is.
        labels: class names in output order (txt, json), or a manifest (csv, parquet).
        class_order: class names in output order; wins over ``labels``.
        scaling, resize, resize_method, channels: of the network input.
        channel_order: of the colours handed to the network.
        orientation: the way up that the network gets pictures with an EXIF orientation.
        regions_orientation: the way up that these were annotated on.
        intensity: what deep values become, as in ``base.picture_rules``, or "dataset-range".
        background: what shows through transparent pixels, #rrggbb or none.
        label_names: "label=class", where labels of the data are called otherwise than the classes.
        labels_from: "table" or "folders", where both name classes.
        uncertain: what -1 in a column of a class is: not counted, there, or not there.
        category: of an export of Edge Impulse, or a folder called so: "testing", "training", "validation" …
        threshold: anomaly score from which a picture is an anomaly; probability from which a label is said;
            of classes the lowest confidence that counts as an answer, of objects the lowest probability.
        class_thresholds: that of single classes, by their names.
        tolerance: largest absolute error of a number that counts as right.
        host: of a remote source, name or URL.
        impulse, block: numbers of the impulse and the learn block of a remote source.
        via: how a remote source's pictures are fetched: "samples" or "export".
    """

    name: str | None = None
    task: str | None = None
    model: Path | None = None
    quantised: Path | None = None
    images: Path | None = None
    regions: Path | None = None
    labels: Path | None = None
    class_order: tuple[str, ...] | None = None
    scaling: Scaling | None = None
    resize: Resize | None = None
    resize_method: ResizeMethod | None = None
    channels: int | None = None
    channel_order: ChannelOrder | None = None
    orientation: Orientation | None = None
    regions_orientation: Orientation | None = None
    intensity: str | None = None
    background: str | None = None
    label_names: tuple[str, ...] | None = None
    labels_from: LabelsFrom | None = None
    uncertain: Uncertain | None = None
    category: str | None = None
    threshold: float | None = None
    class_thresholds: Mapping[str, float] | None = None
    tolerance: float | None = None
    host: str | None = None
    impulse: int | None = None
    block: int | None = None
    via: str | None = None

    @property
    def thresholds(self) -> dict[str, float]:
        """Those of a project's thresholds that the user gave."""
        own = {threshold_name(name): value for name, value in (self.class_thresholds or {}).items()}
        named = {"threshold": self.threshold, "tolerance": self.tolerance, **own}
        return {name: value for name, value in named.items() if value is not None}

    def over(self, weaker: "Overrides") -> "Overrides":
        """These answers, and those of ``weaker`` where there is none."""
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        return Overrides(**{k: getattr(weaker, k) if v is None else v for k, v in own.items()})
