"""verify: is a run still as the audit wrote it? Size and checksum of every file."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.cli._say import say
from gradcam_core.runs.checksums import verify
from gradcam_core.runs.store import open_run


def add_parser(commands: Any) -> None:
    parser = commands.add_parser(
        "verify", help=__doc__, epilog="Exit code 0: all as written; 1: not; 2: it cannot be told."
    )
    parser.add_argument("path", metavar="run", type=Path, help="the run folder")
    parser.add_argument("--json", action="store_true", help="file name and state, on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    found = verify(open_run(args.path))
    wrong = [one for one in found if one.state != "whole"]
    if args.json:
        print(json.dumps({one.file: one.state for one in found}))
        return bool(wrong)
    for one in found:
        say(f"{one.state:>12}  {one.file}")
    said = f"{len(wrong)} of {len(found)} files are not as the audit wrote them; to do: audit again"
    say(said if wrong else f"all {len(found)} files are as the audit wrote them")
    return bool(wrong)
