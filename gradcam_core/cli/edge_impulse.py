"""edge-impulse write-back RUN: say in Studio, sample by sample, what an audit found; and take it back."""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradcam_core.base.extras import extra
from gradcam_core.base.progress import terminal
from gradcam_core.cli._say import say
from gradcam_core.runs.store import open_run

if TYPE_CHECKING:
    from gradcam_core.projects.edge_impulse.back.changes import Change

SHOWN = 5  # changes of each kind that are printed


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("edge-impulse", help=__doc__)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    back = actions.add_parser(
        "write-back",
        help="metadata per sample: background focus, finding, verdict; shows what it would do",
        epilog="The key is read from EI_API_KEY. Without --write nothing is changed.",
    )
    back.add_argument("path", type=Path, metavar="RUN", help="folder of a run of an Edge Impulse project")
    back.add_argument("--write", action="store_true", help="do it; without this it is only shown")
    back.add_argument("--undo", action="store_true", help="take back what was written for this run")
    back.add_argument(
        "--disable", action="append", default=[], metavar="VERDICT",
        help="disable the samples with this verdict, such as 'label error' (repeatable)",
    )  # fmt: skip
    back.add_argument(
        "--move", action="append", default=[], nargs=2, metavar=("VERDICT", "CATEGORY"),
        help="move them to training, testing, validation or post-processing (repeatable)",
    )  # fmt: skip
    back.add_argument("--host", metavar="URL", help="a Studio of your own (or EI_API_ENDPOINT)")
    back.add_argument(
        "--project", type=int, metavar="NUMBER", help="where the key belongs to several projects"
    )
    back.add_argument("--json", action="store_true", help="every change as a JSON list on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with extra("edge-impulse", "writing to Edge Impulse"):
        from gradcam_core.cli._write_back import Request, planned
        from gradcam_core.projects.edge_impulse.back import door
        from gradcam_core.projects.edge_impulse.back.journal import Journal
        from gradcam_core.projects.edge_impulse.back.writing import Writer
    opened = open_run(args.path)
    with door.client_of(args.host) as client, terminal(None) as progress:
        project = door.project_of(client, opened.root, args.project)
        writer = Writer(client, project, Journal(client.base.host, project, opened.id))
        if args.undo:
            changes = [entry.change.undone() for entry in writer.journal.open()]
        else:
            asked = Request(tuple(args.disable), dict(args.move))
            changes = planned(opened, asked, writer, progress)
        if args.write and args.undo:
            writer.undo(progress)
        elif args.write:
            writer.write(changes, progress)
    if args.json:
        print(json.dumps([change.to_json() for change in changes]))
        return 0
    _say_changes(changes)
    _say_end(args.write, writer.made, len(changes), writer.left, writer.journal.file)
    return 0


def _say_changes(changes: Sequence["Change"]) -> None:
    for field, count in Counter(change.field for change in changes).items():
        say(f"{field}: {count} samples")
        for change in [one for one in changes if one.field == field][:SHOWN]:
            say(f"  {change.sample}: {_words(change.before)} -> {_words(change.after)}")
        if count > SHOWN:
            say(f"  … and {count - SHOWN} more; all of them with --json")


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}={one}" for key, one in sorted(value.items())) or "nothing"
    return {True: "disabled", False: "enabled"}.get(value, str(value))


def _say_end(write: bool, made: int, planned: int, left: Mapping[str, str], journal: Path) -> None:
    for sample, why in left.items():
        say(f"left alone: {sample}: {why}")
    if not planned:
        say("nothing to change: Studio says all this already")
    elif not write:
        say(f"{planned} changes would be made; nothing was changed. Do it with --write")
    else:
        say(f"{made} changes made; written down in {journal}, taken back with --undo --write")
