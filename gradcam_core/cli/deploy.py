"""deploy --metadata FILE: run as an Edge Impulse deployment block and write one deploy.zip."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from gradcam_core.base.extras import extra
from gradcam_core.base.progress import terminal
from gradcam_core.maps.overlay import Normalization
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.report.overlays import Look
from gradcam_core.tasks.options import AuditOptions, Pooling

OLD_NAMES: Mapping[str, Normalization] = {"simple": "image"}  # of the public reference block


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("deploy", help=__doc__, allow_abbrev=False)
    parser.add_argument("--metadata", type=Path, required=True, help="deployment-metadata.json")
    parser.add_argument("--alpha", type=opacity, default=0.45, help="0 picture only .. 1 map only")
    parser.add_argument(
        "--pooling-gradients",
        choices=get_args(Pooling),
        default="mean",
        help="mean is Grad-CAM; sum_abs is not class-specific and not scored",
    )
    parser.add_argument(
        "--heatmap-normalization",
        choices=(*get_args(Normalization), *OLD_NAMES),
        default="image",
        help="brightest colour: each map's maximum, its 99th percentile, or the largest value of all maps",
    )
    parser.add_argument("--block", type=number, metavar="ID", help="learn block, where several fit")
    parser.set_defaults(run=run, tolerant=True)


def opacity(text: str) -> float:
    """A number from 0 to 1, for argparse."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {text}")
    return value


def number(text: str) -> int | None:
    """A number; nothing where a form's field was left empty."""
    return int(text) if text.strip() else None


def run(args: argparse.Namespace) -> int:
    with extra("edge-impulse", "the deployment block"):
        from gradcam_core.cli._deployment import deploy
    how = args.heatmap_normalization
    with terminal() as progress:
        written = deploy(
            args.metadata,
            AuditOptions(pooling=args.pooling_gradients),
            Look(args.alpha, OLD_NAMES.get(how, how)),
            Overrides(block=args.block),
            progress,
        )
    print(f"written: {written}")
    return 0
