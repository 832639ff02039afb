"""edit RUN SAMPLE: every edit of one picture with its control, and what the model says of them."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.base.progress import FileProgress, silent
from gradcam_core.cli._say import say
from gradcam_core.findings.one_sample import edit_sample
from gradcam_core.runs.redrawn import open_redrawn


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("edit", help=__doc__)
    parser.add_argument("path", type=Path, metavar="RUN", help="folder of a finished run")
    parser.add_argument("sample", metavar="SAMPLE", help="id of a sample of this run")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where pictures are written")
    parser.add_argument("--seed", type=int, default=0, help="of the choice of donors")
    parser.add_argument("--json", action="store_true", help="the result as JSON on standard output")
    parser.add_argument("--trust-code", action="store_true", help="open a model file that holds code")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    report = FileProgress(args.progress) if args.progress else silent
    result = edit_sample(
        open_redrawn(args.path),
        args.sample,
        args.out,
        args.seed,
        trust_code=args.trust_code,
        progress=report,
    )
    if args.json:
        print(json.dumps(result))
    else:
        say(text(result))
    return 0


def text(result: dict[str, Any]) -> str:
    """One line per picture: which edit, which arm, what the prediction or the output became."""
    return "\n".join(
        f"{row['title']} ({row['filler']}, {row['arm']}): {_change(row)}  {row['picture']}"
        for row in result["edits"]
    )


def _change(row: dict[str, Any]) -> str:
    before, after = row["margin_before"], row["margin_after"]
    if row["predicted_before"] is None:
        return f"output {before:.4g} -> {after:.4g}, moved by {after - before:+.4g}"
    if "score" in row:
        return f"{row['predicted_before']} -> {row['predicted_after']}, anomaly score {row['score']:.4g}"
    return f"{row['predicted_before']} {before:+.2f} -> {row['predicted_after']} {after:+.2f}"
