"""Figures of whole audits: `python -m benchmarks.figures PROJECT... [--write docs/figures.md]`.

Each project is audited by the command line in a process of its own, cold, as a user would. Wall time
and peak memory are those of that process; everything else is read from the run it wrote.
"""

import argparse
import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.runs.store import Run, open_run

SCORES = (
    "background_focus",
    "normalized_background_focus",
    "far_background_focus",
    "border_focus",
    "pointing_hit",
)
MARK = re.compile(r"(<!-- audits -->\n).*?(<!-- /audits -->)", re.DOTALL)


def audit(project: str, runs: Path) -> tuple[Run, dict[str, float]]:
    """Audit one project in its own process; seconds, peak memory in MB and pictures per second."""
    command = [sys.executable, "-m", "gradcam_core", "audit", project, "--json", "--runs", str(runs)]
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - started
    result = json.loads(done.stdout.strip().splitlines()[-1])
    cost = {"seconds": seconds, "memory": result["peak_memory_mb"], "rate": result["images_per_second"]}
    return open_run(Path(result["run"])), cost


def medians(run: Run) -> pd.DataFrame:
    """Median of each score by class, classic | fine, with n."""
    table = run.table
    rows = []
    for label, part in table[table["label"].notna()].groupby("label"):
        row: dict[str, Any] = {"class": label, "n": len(part)}
        for name in ("object_area", "chance_focus", "floor_focus", "fine_floor_focus", *SCORES):
            row[name] = part[name].mean() if name == "pointing_hit" else part[name].median()
        for name in SCORES:
            values = part[f"fine_{name}"] if f"fine_{name}" in part else part[name] * float("nan")
            row[f"fine {name}"] = values.mean() if name == "pointing_hit" else values.median()
        rows.append(row)
    return pd.DataFrame(rows)


def report(name: str, run: Run, cost: dict[str, float]) -> str:
    """One project as Markdown."""
    correct = run.table["correct"].dropna().astype(bool)
    maps = run.map_facts
    grids = ", ".join(
        f"{key} {value['method']} {value['grid'][0]}×{value['grid'][1]}" for key, value in maps.items()
    )
    found = medians(run)
    columns = ["chance_focus", "floor_focus", "fine_floor_focus"]
    lines = [
        f"### {name}",
        "",
        f"{len(run.table)} samples, {run.counts['unreadable']} unreadable; accuracy "
        f"{correct.mean():.3f} (n {len(correct)}); {grids}; engine {run.engine}.  ",
        f"Whole audit, cold: {cost['seconds']:.1f} s, {cost['memory'] / 1024:.2f} GB; maps alone "
        f"{cost['rate']:.0f} pictures/s.",
        "",
        "| class | n | chance | floor classic / fine | " + " | ".join(SCORES) + " |",
        "|---|---|---|---|" + "---|" * len(SCORES),
    ]
    for _, row in found.iterrows():
        scores = " | ".join(f"{row[s]:.2f} / {row[f'fine {s}']:.2f}" for s in SCORES)
        chance, floor, fine = (row[column] for column in columns)
        lines.append(
            f"| {row['class']} | {row['n']} | {chance:.2f} | {floor:.2f} / {fine:.2f} | {scores} |"
        )
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="+")
    parser.add_argument("--write", type=Path, help="replace the part between the audit marks of this file")
    args = parser.parse_args()
    parts = [
        f"Python {platform.python_version()}, {platform.machine()}. Medians by class, classic / fine maps; "
        "pointing_hit is a mean.\n"
    ]
    with tempfile.TemporaryDirectory() as folder:
        for project in args.projects:
            run, cost = audit(project, Path(folder))
            parts.append(report(Path(project).name, run, cost))
            print(parts[-1], flush=True)
    if args.write:
        text = args.write.read_text(encoding="utf-8")
        args.write.write_text(MARK.sub(lambda m: m[1] + "\n".join(parts) + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
