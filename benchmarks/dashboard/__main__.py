"""Make the synthetic runs, measure each in a process of its own, and write the report between its marks."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.dashboard.make import make, run_id
from benchmarks.dashboard.measure import SMALL

REPORT = Path("docs/performance-dashboard.md")
MARK = re.compile(r"(<!-- dashboard -->\n).*?(<!-- /dashboard -->)", re.DOTALL)
AIMS = {100_000: 0.3, 1_000_000: 1.0}  # seconds, 95 % of filters and sorts
OPENING, MEMORY = 3.0, 1500.0


def measured(home: Path, rows: int) -> dict[str, Any]:
    """What a fresh process says about the run with this many samples."""
    for needed in (SMALL, rows):
        make(home, needed)
    command = [sys.executable, "-m", "benchmarks.dashboard.measure", str(home), run_id(rows)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return json.loads(done.stdout)


def line(name: str, times: list[list[float]], limit: float | None) -> str:
    """One row of the table: median and 95 % of wall seconds, of processor seconds, and the limit."""
    wall, own = np.array(times).T
    numbers = [f"{np.percentile(part, q):.3f}" for part in (wall, own) for q in (50, 95)]
    aim = f"{limit:g}" if limit else ""
    return f"| {name} | {len(times)} | {' | '.join(numbers)} | {aim} |"


def limit_of(name: str, rows: int) -> float | None:
    """The limit that stands beside a figure."""
    if name.startswith("opening"):
        return OPENING
    return AIMS.get(rows) if name.startswith(("filter", "sort")) else None


def section(rows: int, found: dict[str, Any]) -> list[str]:
    """The report of one run."""
    times, memory = found["times"], found["memory"]
    asked = [pair for name, pairs in times.items() if name.startswith(("filter", "sort")) for pair in pairs]
    lines = [f"### {rows:,} samples", ""]
    lines += ["| what | n | wall median, s | wall 95 % | processor median, s | processor 95 % | limit |"]
    lines += ["|---|---|---|---|---|---|---|", line("**every filter and sort**", asked, AIMS.get(rows))]
    lines += [line(name, pairs, limit_of(name, rows)) for name, pairs in times.items()]
    own, peak, before = (memory[name] for name in ("own", "peak", "before"))
    said = f"Memory of the process at the end {own:.0f} MB (limit {MEMORY:.0f}), before the run was opened "
    return [*lines, "", f"{said}{before:.0f} MB; largest with mapped files {peak:.0f} MB.", ""]


def about() -> str:
    """Machine, versions and how busy it was."""
    names = ("pandas", "pyarrow", "numpy", "streamlit")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    cpu = platform.processor() or platform.machine()
    return (
        f"{os.cpu_count()} processors ({cpu}), Python {platform.python_version()}, {versions}. "
        f"Load of the machine meanwhile {load}: above the number of processors, wall times are those of a "
        "busy machine and processor times say more."
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.dashboard", description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("cache/benchmark-dashboard"))
    parser.add_argument("--rows", type=int, nargs="+", default=list(AIMS))
    parser.add_argument("--report", action="store_true", help=f"write {REPORT} between its marks")
    args = parser.parse_args()
    text = [about(), ""]
    for rows in args.rows:
        text += section(rows, measured(args.home.resolve(), rows))
    print("\n".join(text))
    if args.report:
        whole = REPORT.read_text(encoding="utf-8")
        new = MARK.sub(lambda found: found[1] + "\n".join(text) + found[2], whole)
        REPORT.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
