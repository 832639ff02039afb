"""Arguments that name a project and say how to read it, shared by several commands."""

import argparse
import re
from pathlib import Path
from typing import Any, get_args

from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import ChannelOrder, Project, Resize, ResizeMethod, Scaling
from gradcam_core.projects.door import OverrideArguments, open_project
from gradcam_core.projects.overrides import LabelsFrom, Uncertain
from gradcam_core.tasks import TASKS


def add_project_arguments(parser: argparse.ArgumentParser) -> None:
    """PROJECT and what overrides what was guessed about it."""
    parser.add_argument("project", help="a folder, a project.toml, a URL, demo:NAME or edge-impulse")
    parser.add_argument("--task", choices=list(TASKS), help="what kind of answer the model gives")
    parser.add_argument("--model", type=Path, help="model file or SavedModel folder")
    parser.add_argument("--quantised", type=Path, help="the same network as int8: asked beside the model")
    parser.add_argument("--images", type=Path, help="folder of the test pictures")
    parser.add_argument("--regions", type=Path, help="masks, COCO, VOC, YOLO … (docs/layouts.md)")
    parser.add_argument("--labels", type=Path, help="class names in the model's order; or a manifest")
    parser.add_argument("--scaling", choices=get_args(Scaling))
    parser.add_argument("--resize", choices=get_args(Resize))
    parser.add_argument("--resize-method", choices=get_args(ResizeMethod))
    parser.add_argument("--channels", type=int, choices=(1, 3))
    parser.add_argument("--channel-order", choices=get_args(ChannelOrder), help="of the network's input")
    _add_reading_arguments(parser)
    parser.add_argument("--category", help="of an Edge Impulse export: testing, training or validation")
    parser.add_argument(
        "--threshold",
        type=float,
        help="anomaly score, or probability of a label, from which it counts; of classes: below that "
        "confidence uncertain",
    )
    parser.add_argument(
        "--class-threshold",
        dest="class_thresholds",
        action=_ByName,
        metavar="NAME=P",
        help="that of one class; again for others",
    )
    parser.add_argument("--tolerance", type=float, help="largest error of a number that counts as right")
    remote = parser.add_argument_group("edge-impulse (the API key is read from EI_API_KEY)")
    remote.add_argument("--host", help="of a self-hosted or white-label Studio")
    remote.add_argument("--impulse", type=int, metavar="ID", help="default: the project's default impulse")
    remote.add_argument("--block", type=int, metavar="ID", help="learn block, where several fit")
    remote.add_argument("--via", choices=("samples", "export"), help="how pictures are fetched")


class _ByName(argparse.Action):
    """NAME=NUMBER, with commas between them or again and again -> a dictionary."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: str | None = None) -> None:
        parts = [part.rpartition("=") for part in re.split(r"(?<=\d)\s*,\s*(?=.*=)", str(values))]
        try:
            found = {name.strip(): float(number) for name, _, number in parts}
        except ValueError:
            parser.error(f"argument {option}: expected NAME=NUMBER, got {values!r}")
        setattr(namespace, self.dest, {**(getattr(namespace, self.dest) or {}), **found})


def _add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """What picture files do not say of themselves."""
    ways = get_args(Orientation)
    parser.add_argument("--orientation", choices=ways, help="way up that the network gets turned pictures")
    parser.add_argument("--regions-orientation", choices=ways, help="way up that these were annotated on")
    parser.add_argument(
        "--intensity",
        metavar="RULE",
        help="of deep pictures: full-range, bits=12, dataset-range, range=LOW..HIGH or window (DICOM)",
    )
    parser.add_argument("--background", metavar="COLOUR", help="behind transparent pixels: #rrggbb or none")
    parser.add_argument(
        "--label-names", metavar="LABEL=CLASS,…", help="classes of labels that are called otherwise"
    )
    parser.add_argument("--labels-from", choices=get_args(LabelsFrom), help="where both name classes")
    parser.add_argument(
        "--uncertain", choices=get_args(Uncertain), help="what -1 in the column of a class is"
    )


def read_project(args: argparse.Namespace, progress: Progress = silent) -> Project:
    """The project that the arguments name."""
    names = OverrideArguments.__annotations__
    chosen: Any = {name: value for name, value in vars(args).items() if name in names}
    return open_project(args.project, progress=progress, **chosen).project
