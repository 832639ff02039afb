"""demo NAME: draw a built-in demo project with known truth and say where it is."""

import argparse
from typing import Any

from gradcam_core.cli._project import Overrides
from gradcam_core.sources import open_project


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("demo", help=__doc__)
    parser.add_argument("name", help="pets, xray or clean")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    project = open_project(f"demo:{args.name}", Overrides())
    print(f"{len(project.samples)} samples in {project.root}")
    print(f"audit it with: python -m gradcam_core audit demo:{args.name}")
    return 0
