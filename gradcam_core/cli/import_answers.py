"""import-answers RUN FILE: verdicts that somebody gave in a report, read without a server."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import read_text
from gradcam_core.base.text import short
from gradcam_core.cli._say import say
from gradcam_core.runs.answered import answered
from gradcam_core.runs.store import open_run
from gradcam_core.runs.verdicts import reviews_of

MOST = 32 * 2**20  # bytes


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("import-answers", help=__doc__)
    parser.add_argument(
        "path", type=Path, metavar="RUN", help="folder of the run that the report was made of"
    )
    parser.add_argument("answers", type=Path, metavar="FILE", help="answers.json, as the report saved it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    opened = open_run(args.path)
    found = answered(opened, _read(args.answers))
    new = reviews_of(opened).record_all(found.acts)
    for sample, why in found.left_out.items():
        say(f"left out: {sample}: {why}", sys.stderr)
    known = len(found.acts) - new
    who = found.acts[0].reviewer if found.acts else "nobody"
    say(f"{new} verdicts of {who} added" + (f", {known} were there already" if known else ""))
    return 0


def _read(path: Path) -> Any:
    try:
        return json.loads(read_text(path, MOST))
    except (ValueError, RecursionError) as error:
        raise AuditError(
            f"answers as JSON in {path.name}", short(error), "save the answers again from the report"
        ) from None
