"""Every network of ``keras.applications`` and ``tf_keras.applications``: does it load, are its maps right?

    python -m benchmarks.models --write docs/models.md [--only MobileNet] [--formats keras] [--most 10]

Each network gets random weights and pictures of 96×96, is saved in each format, opened by this package and
explained; its Grad-CAM is compared with a GradientTape over the same Keras model. Each row is computed in a
process of its own and kept in ``--kept``, so that a second call goes on where the first one stopped.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.models.measure import measure
from benchmarks.models.networks import HEADLESS, LIBRARIES, Row, networks, rows
from benchmarks.models.page import page
from benchmarks.models.saving import FORMATS, available
from gradcam_core.base import paths
from gradcam_core.model import backend

MINUTES = 20


def kept_rows(file: Path) -> dict[str, dict[str, Any]]:
    """What earlier calls have measured, by "library network format"."""
    if not file.is_file():
        return {}
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return {line["row"]: line for line in lines}


def in_own_process(row: Row) -> dict[str, Any]:
    """Measure a row where its memory is given back, and where a crash is only its own."""
    command = [sys.executable, "-m", "benchmarks.models", "--one", *row]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60 * MINUTES, check=False)
    except subprocess.TimeoutExpired:
        return {"loads": False, "reason": f"not done after {MINUTES} minutes"}
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        return {"loads": False, "reason": f"stopped: {last[:300]}"}
    return dict(json.loads(lines[-1]))


def add_rows(wanted: list[Row], found: dict[str, dict[str, Any]], file: Path) -> None:
    """Measure what ``found`` lacks, and keep each row at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    for row in wanted:
        label = " ".join(row)
        if label not in found:
            found[label] = {"row": label, **in_own_process(row)}
            with file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(found[label]) + "\n")
            print(json.dumps(found[label]), flush=True)


def _known() -> int:
    names = [name for major in LIBRARIES.values() for name in networks(backend.keras_library(major))]
    return sum(HEADLESS not in name for name in names)


def main() -> None:
    """Measure what is missing, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", type=Path)
    parser.add_argument("--kept", type=Path, default=paths.cache_dir() / "models-of-keras.jsonl")
    parser.add_argument("--only", default="")
    parser.add_argument(
        "--most", type=int, default=1000, help="networks of each library, the small ones first"
    )
    parser.add_argument("--formats", nargs="+", choices=list(FORMATS), default=available())
    parser.add_argument("--one", nargs=3, metavar=("LIBRARY", "NETWORK", "FORMAT"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(*args.one)))
        return
    found = kept_rows(args.kept)
    add_rows(rows(args.only, args.formats, args.most), found, args.kept)
    if args.write:
        args.write.write_text(page(found, _known()), encoding="utf-8")


if __name__ == "__main__":
    main()
