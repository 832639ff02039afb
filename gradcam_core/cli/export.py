"""export RUN -o FILE: samples as a table (.csv .json .parquet), overlays (.zip), findings (.md .pdf)."""

import argparse
from pathlib import Path
from typing import Any

from gradcam_core.cli._say import say
from gradcam_core.runs.export import EXPORTS, export


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("export", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--where", default="", metavar="FILTERS",
        help="as in the gallery's address: outcome=wrong&label=cat&in.confidence=0.9..&sort=confidence",
    )  # fmt: skip
    parser.add_argument(
        "--format",
        choices=list(EXPORTS),
        help="where the ending does not say it: coco, label-studio, fiftyone, dicom",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    written = export(args.path, args.output, where=args.where, format=args.format)
    say(f"{written}: {written.stat().st_size / 1e6:.2f} MB")
    return 0
