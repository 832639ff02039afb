"""Arguments that name a project and say how to read it, shared by several commands."""

import argparse
from dataclasses import fields
from pathlib import Path
from typing import get_args

from gradcam_core.sources import Overrides, open_project
from gradcam_core.types import Project, Resize, ResizeMethod, Scaling


def add_project_arguments(parser: argparse.ArgumentParser) -> None:
    """PROJECT and what overrides what was guessed about it."""
    parser.add_argument("project", help="a folder, a project.toml, demo:NAME or edge-impulse")
    parser.add_argument("--model", type=Path, help="model file or SavedModel folder")
    parser.add_argument("--images", type=Path, help="folder of the test pictures")
    parser.add_argument("--regions", type=Path, help="mask folder, COCO JSON, VOC or YOLO folder")
    parser.add_argument("--labels", type=Path, help="class names in the model's order, one per line; or a manifest")
    parser.add_argument("--scaling", choices=get_args(Scaling))
    parser.add_argument("--resize", choices=get_args(Resize))
    parser.add_argument("--resize-method", choices=get_args(ResizeMethod))
    parser.add_argument("--channels", type=int, choices=(1, 3))


def read_project(args: argparse.Namespace) -> Project:
    """The project that the arguments name."""
    given = vars(args)
    chosen = {field.name: given[field.name] for field in fields(Overrides) if given.get(field.name)}
    return open_project(args.project, Overrides(**chosen))
