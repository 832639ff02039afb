"""data PROJECT: what can be said of the pictures and labels without any model."""

import argparse
import json
from pathlib import Path
from typing import Any

from gradcam_core.base.progress import terminal
from gradcam_core.cli._project import add_project_arguments, read_project
from gradcam_core.cli._say import say

LISTED = 10


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("data", help=__doc__)
    add_project_arguments(parser)
    parser.add_argument("--samples-only", action="store_true", help="leave training folders out")
    parser.add_argument("--seed", type=int, default=0, help="of folds and permutations")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument("--progress", type=Path, metavar="FILE", help="keep progress in this JSON file")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with terminal(args.progress) as progress:
        project = read_project(args, progress)
        from gradcam_core.findings.data import look_at_data  # a wrong path is said before these load
        from gradcam_core.findings.data.reading import with_samples
        from gradcam_core.findings.data.telling import document
        from gradcam_core.projects.folder.other_splits import other_samples

        if not args.samples_only:
            project = with_samples(project, other_samples(project))
        found = document(project.name, look_at_data(project, args.seed, progress))
    if args.json:
        print(json.dumps(found))
    else:
        say("\n".join(lines(found)))
    return 0


def lines(found: dict[str, Any]) -> list[str]:
    """The same for a reader of the terminal."""
    splits = ", ".join(f"{name} {count:,}" for name, count in found["splits"].items())
    out = [f"{found['name']}: {found['samples']:,} samples ({splits}), {found['unlabelled']:,} unlabelled"]
    out += ["", *(f"- {sentence}" for sentence in found["said"])]
    out += ["", "Per class: samples, median size, brightness and contrast (0 to 255)"]
    out += [_class(row) for row in found["classes"]]
    pairs = [f"  {one['first']['path']} = {one['second']['path']}{_why(one)}" for one in found["pairs"]]
    out += _part("Copies", pairs, found["copies"]["all"])
    bad = [f"  {one['path']}: {one['reason']}" for one in found["unreadable"]]
    out += _part("Cannot be read", bad, len(bad))
    out += _part(
        "Black, white or of one colour", [f"  {path}" for path in found["blank"]], len(found["blank"])
    )
    left = [f"  {name}: {why}" for name, why in found["columns_left_out"].items()]
    out += _part("Columns not compared", left, len(left))
    from gradcam_core.findings.data.telling import ALONE, MAY

    return [*out, "", MAY, ALONE]


def _class(row: dict[str, Any]) -> str:
    name = f"  {row['label']:<24} {row['samples']:>6}"
    if row["height"] is None:
        return f"{name}  none could be read"
    size = f"{row['height']:.0f}×{row['width']:.0f}"
    return f"{name}  {size:>11}  {row['brightness']:>5.0f}  {row['contrast']:>5.0f}"


def _why(pair: dict[str, Any]) -> str:
    first, second = pair["first"], pair["second"]
    told = [f"labels {first['label']} and {second['label']}"] if pair["classes"] else []
    told += [f"splits {first['split']} and {second['split']}"] if pair["splits"] else []
    told += ["" if pair["identical"] else "nearly"]
    return f"  ({', '.join(filter(None, told))})" if any(told) else ""


def _part(title: str, rows: list[str], count: int) -> list[str]:
    if not rows:
        return []
    more = [f"  … and {count - LISTED:,} more: --json"] if count > LISTED else []
    return ["", f"{title} ({count:,})", *rows[:LISTED], *more]
