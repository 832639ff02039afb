"""runs: the finished audits, newest first; what they take of the disk, and how to remove one."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.disk import limit, sizes
from gradcam_core.base.errors import AuditError
from gradcam_core.cli._say import say
from gradcam_core.runs.findings import read_findings
from gradcam_core.runs.removal import remove_run
from gradcam_core.runs.store import survey
from gradcam_core.runs.summary import headline


def add_parser(commands: Any) -> None:
    parser = commands.add_parser("runs", help=__doc__)
    parser.add_argument("--runs", type=Path, help="folder that holds the runs (default: runs)")
    parser.add_argument("--json", action="store_true", help="a JSON list on standard output")
    parser.add_argument("--sizes", action="store_true", help="megabytes of each run and of the caches")
    parser.add_argument("--remove", metavar="RUN", help="delete this run; its verdicts stay")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    folder = args.runs or paths.runs_dir()
    if args.remove is not None:
        say(f"removed: {remove_run(folder, args.remove)}")
        return 0
    if args.sizes:
        return _sizes(folder, args.json)
    found, damaged = survey(folder)
    for name, error in damaged.items():
        say(f"cannot be opened: {name}: expected {error.expected}; found {error.found}", sys.stderr)
    if args.json:
        print(json.dumps([{"run": str(one.path), **one.manifest} for one in found]))
        return 0
    for one in found:
        counts = one.counts
        try:
            said = headline(one.table, one.manifest, read_findings(one.path), one.map_sets[0]).said
        except AuditError as error:
            said = f"not readable: expected {error.expected}; found {error.found}"
        say(f"{one.created}  {counts['samples']:>7} samples  {one.path}\n    {said}")
    if not found:
        print("no runs yet; make one with: python -m gradcam_core audit demo:pets")
    return 0


def _sizes(folder: Path, as_json: bool) -> int:
    """Print megabytes per run and cache, the largest first."""
    found = {**sizes(folder), **{f"cache/{name}": size for name, size in sizes(paths.cache_dir()).items()}}
    ordered = sorted(found.items(), key=lambda pair: -pair[1])
    if as_json:
        print(json.dumps(dict(ordered)))
        return 0
    for name, size in ordered:
        say(f"{size / 2**20:>10,.1f} MB  {name}")
    together, most = sum(found.values()) / 2**20, limit() / 2**20
    say(f"{together:>10,.1f} MB  together; caches are kept below {most:,.0f} MB")
    return 0
