"""The table of ``docs/layouts.md``."""

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.layouts import LAYOUTS
from benchmarks.layouts.checking import Outcome, outcome

HEAD = """# Layouts

Published layouts of data sets, each drawn as a small copy and opened as it is, without an option: by its
folder alone. A ✔ stands where every picture, label and region of the copy was found and is right (regions:
intersection over union at least 0.9) and nothing else was taken for one. Made by
`python -m benchmarks.layouts --write docs/layouts.md`; `tests/benchmarks/test_layouts.py` asks the same.

| layout | | pictures | labels | regions | s |
|---|---|---|---|---|---|
"""


def row(title: str, found: Outcome, seconds: float) -> str:
    """One line of the table."""
    if found.reason:
        return f"| {title} | refused: {found.reason.replace('|', '/')} | | | | {seconds:.2f} |\n"
    tick = "✔" if not found.wrong else "✘ " + "; ".join(found.wrong[:3]).replace("|", "/")
    counts = [str(number) if number else "–" for number in (found.labels, found.regions)]
    return f"| {title} | {tick} | {found.pictures} | {' | '.join(counts)} | {seconds:.2f} |\n"


def main() -> None:
    """Draw, open and compare all layouts, or some; print or write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    lines = []
    for name, one in LAYOUTS.items():
        if args.only in name:
            with tempfile.TemporaryDirectory() as folder:
                started = time.perf_counter()
                root = Path(folder) / "data"
                root.mkdir()
                found = outcome(one, root)
                lines.append(row(one.title, found, time.perf_counter() - started))
            print(lines[-1], end="", flush=True)
            if args.only:
                print(*found.facts, sep="\n")
    if args.write:
        args.write.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
