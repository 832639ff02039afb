"""One verdict in this process, its wall and processor seconds by what it said that it was doing.

python -m benchmarks.speed.staged FOLDER MODEL
"""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path


class Clock:
    """A progress listener: what passes after a report belongs to the stage that it named."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}
        self._stage, self._since = "importing", (time.perf_counter(), time.process_time())

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = (time.perf_counter(), time.process_time())
        own = self.spent.setdefault(self._stage, [0.0, 0.0])
        own[:] = [value + end - start for value, end, start in zip(own, now, self._since, strict=True)]
        ended = done >= total and stage != "loading the model"
        self._stage, self._since = ("the rest" if ended else stage), now


def main() -> None:
    """Print one JSON object: stage -> wall and processor seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("model", type=Path)
    args = parser.parse_args()
    clock = Clock()
    import gradcam_core as gc

    clock("opening the project", 0, 1)
    project = gc.open_project(args.folder, model=args.model)
    with tempfile.TemporaryDirectory() as runs:
        run = gc.audit(project, clock, runs=Path(runs))
        gc.find(run, progress=clock)
    clock("", 0, 1)
    print(json.dumps(clock.spent))


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    main()
