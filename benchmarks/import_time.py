"""How long ``import gradcam_core`` takes: ``python -m benchmarks.import_time``.

Every process is a fresh one; an empty process is measured in turn with it, and its median taken off.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
REPEATS = 15
LIMIT = 0.3  # seconds


def seconds(script: str) -> float:
    """Of one process that runs ``script``."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)
    return time.perf_counter() - started


def main() -> None:
    """Print the median, what it is more than an empty process, and its share of the limit."""
    scripts = {
        "empty process": "pass",
        "import gradcam_core": "import gradcam_core",
        "every name of it": "import gradcam_core as gc; [getattr(gc, name) for name in gc.__all__]",
    }
    taken: dict[str, list[float]] = {name: [] for name in scripts}
    for _ in range(REPEATS):
        for name, script in scripts.items():
            taken[name].append(seconds(script))
    empty = statistics.median(taken["empty process"])
    for name, values in taken.items():
        more = statistics.median(values) - empty
        print(f"{name:<20} {empty + more:.3f} s, {more:.3f} s above empty, {more / LIMIT:.2f} of {LIMIT} s")


if __name__ == "__main__":
    main()
