"""One contender in a process of its own, in whatever environment runs this file; JSON lines in and out.

In: "go" per timed round, anything else ends it. Out: ``{"ready": seconds}``, per round one
``{"seconds": s, "cpu": c}`` (wall and processor seconds), ``{"peak_mb": m}`` at the end; or
``{"failed": reason}``.
"""

import argparse
import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.speed.ways import Job


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("way", "model", "choice"):
        parser.add_argument(name)
    for name in ("height", "pictures", "batch"):
        parser.add_argument(name, type=int)
    args = parser.parse_args()
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what libraries print is no answer

    def say(**values) -> None:
        answers.write(json.dumps(values) + "\n")

    try:
        serve(args, say)
    except Exception as error:  # noqa: BLE001  whatever a library raises is the reported reason
        lines = str(error).strip().splitlines() or [""]
        say(failed=f"{type(error).__name__}: {lines[0][:200]}")


def serve(args, say) -> None:
    """Load, warm up, then answer rounds."""
    started = time.perf_counter()
    way = importlib.import_module(f"benchmarks.speed.ways.{args.way}")
    run = way.make(Job(Path(args.model), args.choice, args.batch))
    shape = (args.pictures, args.height, args.height, 3)
    pictures = np.random.default_rng(0).random(shape, dtype=np.float32)
    run(pictures)
    say(ready=time.perf_counter() - started)
    for line in sys.stdin:
        if line.strip() != "go":
            break
        began, before = time.perf_counter(), time.process_time()
        run(pictures)
        say(seconds=time.perf_counter() - began, cpu=time.process_time() - before)
    say(peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
