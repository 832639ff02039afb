"""compare BEFORE AFTER: did the fix work? Answers, scores and cues of two runs over the same pictures."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import RunError
from gradcam_core.base.progress import terminal
from gradcam_core.cli._say import say
from gradcam_core.cli.findings import positive
from gradcam_core.findings.investigate import DEFAULT_BUDGET
from gradcam_core.findings.retest import retest
from gradcam_core.runs.compare import SEARCH, compare
from gradcam_core.runs.compare.comparison import Comparison, cue_line


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("compare", help=__doc__)
    parser.add_argument("before", type=Path, metavar="BEFORE", help="folder of a finished run")
    parser.add_argument("after", type=Path, metavar="AFTER", help="folder of the run after the repair")
    parser.add_argument(
        "--retest", action="store_true",
        help="ask both models about the same edits, for every suspicion of both runs",
    )  # fmt: skip
    parser.add_argument("--budget", type=positive, default=DEFAULT_BUDGET, help="samples per edit")
    parser.add_argument("--seed", type=int, default=0, help="of every random choice")
    parser.add_argument("--fail-on-new", action="store_true", help="exit 1 where a cue is new")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--trust-code", action="store_true", help="open model files that hold code")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.retest:
        with terminal(args.progress) as progress:
            retest(
                args.before, args.after, budget=args.budget, seed=args.seed,
                progress=progress, trust_code=args.trust_code,
            )  # fmt: skip
    found = compare(args.before, args.after)
    if args.fail_on_new:
        _need_edits(found)
    if args.json:
        print(json.dumps(found.to_json()))
    else:
        say(str(found))
        if found.untested and not found.retested:
            say("\nA cue that was tested in one run only may be in the other, too: --retest tests both.")
    if not (args.fail_on_new and found.new):
        return 0
    for one in found.new:
        say(f"BROKEN fail-on-new: {cue_line(one)}", sys.stderr)
    return 1


def _need_edits(found: Comparison) -> None:
    """Where no cue was tested none can be new: no pass, but an error."""
    if found.notes:
        raise RunError("edits in both runs, without which no cue is tested", " ".join(found.notes), SEARCH)
