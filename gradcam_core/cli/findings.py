"""findings RUN: what the run shows, tested by edits if asked for."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.base.progress import terminal
from gradcam_core.cli._told import tell, warn
from gradcam_core.findings.door import find
from gradcam_core.findings.investigate import DEFAULT_BUDGET


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("findings", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument("--edits", action="store_true", help="edit pictures and ask the model again")
    parser.add_argument("--budget", type=positive, default=DEFAULT_BUDGET, help="samples per edit")
    parser.add_argument("--seed", type=int, default=0, help="of every random choice")
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.add_argument("--trust-code", action="store_true", help="open a model file that holds code")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def positive(text: str) -> int:
    """A whole number above zero, for argparse."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"expected a number above 0, found {text}")
    return value


def run(args: argparse.Namespace) -> int:
    with terminal(args.progress) as progress:
        found = find(
            args.path,
            edits=args.edits,
            budget=args.budget,
            seed=args.seed,
            progress=progress,
            trust_code=args.trust_code,
        )
    warn(args.path)
    if args.json:
        print(json.dumps([entry.to_json() for entry in found]))
    else:
        tell(args.path, found)
    return 0
