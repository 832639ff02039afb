"""deploy --metadata FILE: run as an Edge Impulse deployment block and write one deploy.zip."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from gradcam_core.base.extras import extra
from gradcam_core.base.progress import terminal
from gradcam_core.cli._say import say
from gradcam_core.maps.overlay import Normalization
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.carrying import Carried
from gradcam_core.runs.findings import LEVELS
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
    parser.add_argument(
        "--pictures",
        choices=get_args(Carried),
        default="full",
        help="in the zip: as they are, as JPEG of at most 512 pixels, or none",
    )
    parser.add_argument(
        "--findings", type=switch, default=True, help="1: search for shortcuts; 0: maps and scores only"
    )
    parser.add_argument(
        "--minutes",
        type=minutes,
        default=10.0,
        help="for the search with edits; what it has not finished by then stays untested",
    )
    parser.add_argument(
        "--fail-level",
        type=number,
        choices=(None, *range(1, len(LEVELS))),
        metavar="1..4",
        help="exit code 1 on any finding of this level or above; the zip is written all the same",
    )
    parser.set_defaults(run=run, tolerant=True)


def opacity(text: str) -> float:
    """A number from 0 to 1, for argparse."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {text}")
    return value


def switch(text: str) -> bool:
    """1 or 0, as Edge Impulse writes a boolean parameter, for argparse."""
    known = {"1": True, "true": True, "0": False, "false": False}
    if text.strip().lower() not in known:
        raise argparse.ArgumentTypeError(f"expected 1 or 0, found {text}")
    return known[text.strip().lower()]


def minutes(text: str) -> float:
    """A number from 0 to a day, for argparse."""
    value = float(text)
    if not 0 <= value <= 1440:
        raise argparse.ArgumentTypeError(f"expected minutes from 0 to 1440, found {text}")
    return value


def number(text: str) -> int | None:
    """A number; nothing where a form's field was left empty."""
    return int(text) if text.strip() else None


def run(args: argparse.Namespace) -> int:
    with extra("edge-impulse", "the deployment block"):
        from gradcam_core.cli._deployment import Contents, deploy
    how = args.heatmap_normalization
    with terminal() as progress:
        written = deploy(
            args.metadata,
            AuditOptions(pooling=args.pooling_gradients),
            Contents(
                Look(args.alpha, OLD_NAMES.get(how, how)),
                args.pictures,
                args.minutes if args.findings else None,
                args.fail_level,
            ),
            Overrides(block=args.block),
            progress,
        )
    if written.unfinished:
        print(written.unfinished, file=sys.stderr)
    print(f"written: {written.path}")
    if written.checked is None:
        return 0
    say(str(written.checked))
    return 0 if written.checked else 1
