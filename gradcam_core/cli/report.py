"""report RUN -o FILE.html: one file for people without Python; a double click opens it, offline."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.base.progress import terminal
from gradcam_core.cli._say import say
from gradcam_core.runs.redrawn import open_redrawn
from gradcam_core.runs.report.door import write_report
from gradcam_core.runs.report.wanted import AUDIENCES, MEGABYTES, SAMPLES, Wanted


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("report", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    parser.add_argument(
        "--for", dest="audience", choices=AUDIENCES, default="all",
        help="all: everything (default); owner: one page that prints well; reader: blind, without the "
        "model's answers, heat only when asked for",
    )  # fmt: skip
    parser.add_argument(
        "--with-names", action="store_true", help="ids, file names and metadata of samples go along"
    )
    parser.add_argument("--samples", type=int, default=SAMPLES, metavar="N", help="at most N (default 200)")
    parser.add_argument("--megabytes", type=float, default=MEGABYTES, metavar="X", help="default 20")
    parser.add_argument(
        "--where",
        default="",
        metavar="FILTERS",
        help="as in the gallery's address: outcome=wrong&label=cat",
    )
    parser.add_argument("--json", action="store_true", help="a JSON object on standard output")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    wanted = Wanted(args.audience, args.with_names, args.samples, args.megabytes, args.where)
    opened = open_redrawn(args.path)
    with terminal(args.progress) as progress:
        written = write_report(opened, args.output, wanted, progress)
    size = written.stat().st_size
    if args.json:
        print(json.dumps({"report": str(written), "bytes": size}))
    else:
        say(f"{written}: {size / 1e6:.1f} MB")
    return 0
