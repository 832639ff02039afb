"""open ZIP: put the run of a deploy.zip among the runs here; needs no key and no network."""

import argparse
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.cli._say import say
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.packed import unpack_run
from gradcam_core.runs.summary import headline


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("open", help=__doc__)
    parser.add_argument("file", type=Path, metavar="ZIP", help="deploy.zip, or any zip with one run in it")
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    opened = unpack_run(args.file, args.runs or paths.runs_dir())
    say(str(headline(opened.table, opened.manifest, read_findings(opened.path), opened.map_sets[0])))
    say(f"run: {opened.path}\nto look at it: gradcam-audit serve")
    return 0
