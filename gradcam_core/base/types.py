"""The data types: frozen, plain data.

Conventions: pictures are RGB ``uint8`` (H, W, 3); sizes are always (height, width); channels last;
sample ids are strings, never row numbers; times are UTC; "undefined" is NaN with a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.picture_rules import BLACK, FULL, Orientation, Pixels
from gradcam_core.base.sounds import Features

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Mask = NDArray[np.bool_]
Picture = NDArray[np.uint8]
Cell = tuple[int, int]  # row, column
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom, shares of the original picture
Outline = Sequence[Sequence[float]]  # closed polygons, x and y in turns, shares of the original picture
Meta = str | int | float | bool | None

Activation = Literal["softmax", "sigmoid", "linear"]  # of a model's output
Resize = Literal["squash", "fit-short", "fit-long"]
ResizeMethod = Literal["area", "lanczos3", "nearest"]
Scaling = Literal["0..1", "-1..1", "-128..127", "0..255", "torch", "bgr-subtract-imagenet-mean"]
ChannelOrder = Literal["rgb", "bgr"]
Origin = Literal["given", "read", "decided by the labels", "guessed", "not known"]
RegionSource = Literal["mask", "box", "drawn", "estimated", "none"]
Explain = str  # "predicted", "true", or a class name
MapSet = Literal["classic", "fine"]
Engine = Literal["auto", "tensorflow", "openvino", "openvino-bf16"]  # what runs a network

FINE = "fine_"  # what columns of fine maps begin with
BACKGROUND = "background"  # name of a grid model's first class: cells without an object


def check_array(name: str, array: NDArray[np.generic], ndim: int, kind: str = "f") -> None:
    """Raise ``ValueError`` with expected and got unless ``array`` has ``ndim`` axes and dtype kind."""
    if array.ndim != ndim or array.dtype.kind != kind:
        raise ValueError(
            f"{name}: expected {ndim} axes and dtype kind {kind!r}, "
            f"got shape {array.shape} and dtype {array.dtype}"
        )


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the original picture: ``left <= x < right``, ``top <= y < bottom``."""

    left: float
    top: float
    right: float
    bottom: float
    label: str = ""


@dataclass(frozen=True)
class Polygon:
    """A closed outline in pixels of the original picture, ``points`` as ((x, y), ...)."""

    points: tuple[tuple[float, float], ...]
    label: str = ""


@dataclass(frozen=True)
class MaskFile:
    """A mask picture; every value above 127 (or above 0 where the largest is below 128) is object.

    ``turn`` is the EXIF orientation by which the mask becomes upright, 1 where it already is. Where
    ``inside`` names values, exactly those are object.
    """

    path: Path
    turn: int = 1
    inside: tuple[int, ...] = ()


@dataclass(frozen=True)
class RunLength:
    """A COCO run-length mask: size (height, width) and counts, compressed string or list.

    ``turn`` is that of a :class:`MaskFile`.
    """

    size: tuple[int, int]
    counts: str | tuple[int, ...]
    label: str = ""
    turn: int = 1


Shape = Box | Polygon | MaskFile | RunLength


@dataclass(frozen=True)
class Region:
    """What counts as "the object" on one sample: the union of its shapes, and where that came from."""

    source: RegionSource
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Sample:
    """One picture of the test set. ``path`` is relative to the project root; label may be missing."""

    id: str
    path: str
    label: str | None = None
    target: float | None = None
    split: str = "test"
    metadata: Mapping[str, Meta] = field(default_factory=dict)


@dataclass(frozen=True)
class InputSpec:
    """How a picture becomes the network's input: size, channels (1 or 3), resize and scaling.

    ``channel_order`` is that of the colours handed to the network; a grey input has none.
    ``orientation`` is the way up that the network gets; people always see pictures upright.
    ``intensity`` and ``background`` are :class:`gradcam_core.base.picture_rules.Pixels`, told one by one.
    """

    height: int
    width: int
    channels: int
    resize: Resize = "squash"
    resize_method: ResizeMethod = "area"
    scaling: Scaling = "0..1"
    channel_order: ChannelOrder = "rgb"
    orientation: Orientation = "upright"
    intensity: str = FULL
    background: str = BLACK

    @property
    def size(self) -> tuple[int, int]:
        return self.height, self.width

    @property
    def pixels(self) -> Pixels:
        return Pixels(self.intensity, self.background)


@dataclass(frozen=True)
class Fact:
    """One line of "what I understood": where it came from (``origin``); ``why`` says from what.

    An ``alarm`` is a warning without which no number of the run can be read.
    """

    name: str
    value: str
    origin: Origin
    why: str = ""
    warning: str = ""
    alarm: bool = False


@dataclass(frozen=True)
class Project:
    """What a source returns: plain data on disk plus what was understood about it.

    ``size`` (height, width) of the network input stays in the model; ``channels`` None means
    "as the model says". ``regions`` maps sample id to region; samples without an entry have none.
    ``region_notes`` maps sample id to the reason why a region that was given cannot be used, or only
    in part; ``label_notes`` the same for labels. ``broken`` maps sample id to the reason why it is known
    to be unusable before it is opened.
    ``thresholds`` are the deployed block's own, by the names that its source gives them. ``learned`` holds
    arrays that the task has learned from the project's own samples; with the model they determine a run.
    ``features`` says what the numbers mean where samples are features of sounds. ``output_grid`` (height,
    width) is that of a model which answers for each cell of a grid.
    ``orientation`` and ``intensity`` are None where nobody said them: they are asked of the labels.
    ``quantised_path`` is the same network in few bits, which is asked beside the model.
    """

    name: str
    root: Path
    class_names: tuple[str, ...]
    samples: tuple[Sample, ...]
    model_path: Path | None
    source: str = "folder"
    task: str = "classification"
    resize: Resize = "squash"
    resize_method: ResizeMethod = "area"
    scaling: Scaling = "0..1"
    channel_order: ChannelOrder = "rgb"
    channels: int | None = None
    regions: Mapping[str, Region] = field(default_factory=dict)
    region_notes: Mapping[str, str] = field(default_factory=dict)
    label_notes: Mapping[str, str] = field(default_factory=dict)
    broken: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    features: Features | None = None
    learned: Mapping[str, NDArray[np.generic]] = field(default_factory=dict, repr=False, compare=False)
    output_grid: tuple[int, int] | None = None
    orientation: Orientation | None = None
    intensity: str | None = None
    background: str = BLACK
    quantised_path: Path | None = None


@dataclass(frozen=True)
class Geometry:
    """Where the network input lies in the original picture, for one resize mode.

    The input of size ``target`` (height, width) shows the rectangle ``seen`` = (top, left, bottom,
    right) of the original picture (in its pixels, floats); that rectangle fills ``content`` =
    (top, left, bottom, right) of the input. What lies outside ``content`` is padding; what lies
    outside ``seen`` was never shown to the model. All of it the way up that the network gets;
    ``turn`` is the EXIF orientation that makes it the picture that people see.
    """

    original: tuple[int, int]
    target: tuple[int, int]
    seen: tuple[float, float, float, float]
    content: tuple[int, int, int, int]
    turn: int = 1


def as_tuple(size: tuple[int, ...] | list[int]) -> tuple[int, int]:
    """(height, width) out of any pair."""
    height, width = size
    return int(height), int(width)


def picture_of(sample_id: str) -> str:
    """Id of the picture that a row ("picture#2") is on; the id itself where it has no number."""
    return sample_id.rpartition("#")[0] or sample_id


def column(map_set: MapSet, name: str) -> str:
    """Where a run's table holds ``name`` of a map set: columns of fine maps begin with ``fine_``."""
    return f"{FINE}{name}" if map_set == "fine" else name


def map_set_of(column: str) -> MapSet:
    """The map set that a column of a run's table belongs to; the reverse of :func:`column`."""
    return "fine" if column.startswith(FINE) else "classic"


def plain_name(column: str) -> str:
    """The name of a column without its map set; the reverse of :func:`column`."""
    return column.removeprefix(FINE)
