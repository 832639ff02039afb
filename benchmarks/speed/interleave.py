"""Several workers, one process each; every round asks each of them once, in turn."""

import json
import os
import statistics
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.speed.environments import ENVIRONMENTS, Unavailable, python_of

STARTED = 2  # processes that load and compile at the same time, before the first round
LOGS = Path("cache/bench-logs")


@dataclass(frozen=True)
class Task:
    """What one worker is asked: its title, its environment and the worker's arguments.

    ``one_core``: it may use the first core only.
    """

    title: str
    environment: str
    arguments: tuple[str, ...]
    pictures: int
    one_core: bool = False


@dataclass
class Measured:
    """Per picture and round the wall and the processor seconds, seconds until ready, peak memory; or why
    there is nothing."""

    title: str
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    ready: float = float("nan")
    peak_mb: float = float("nan")
    failed: str = ""

    @property
    def rate(self) -> float:
        """Pictures per second, the median over rounds; NaN where nothing was measured."""
        return 1 / statistics.median(self.seconds) if self.seconds else float("nan")


class Worker:
    """One started process."""

    def __init__(self, task: Task, command: Sequence[str], variables: dict[str, str]) -> None:
        self.task, self.measured = task, Measured(task.title)
        LOGS.mkdir(parents=True, exist_ok=True)
        name = "".join(sign if sign.isalnum() else "-" for sign in task.title)
        with (LOGS / f"{name}.log").open("w") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                env={**os.environ, "PYTHONPATH": os.getcwd(), "TF_CPP_MIN_LOG_LEVEL": "3", **variables},
            )  # fmt: skip

    def answer(self, *keys: str) -> list[float]:
        """The numbers that the worker says next; NaN, and ``failed`` is set, where it gives up."""
        if self.measured.failed:
            return [float("nan")] * len(keys)
        line = self._process.stdout.readline() if self._process.stdout else ""
        said: dict[str, Any] = json.loads(line) if line else {"failed": "the process ended"}
        self.measured.failed = str(said.get("failed", ""))
        return [float(said.get(key, "nan")) for key in keys]

    def round(self) -> None:
        """One timed round."""
        if self.tell("go"):
            seconds, processor = self.answer("seconds", "cpu")
            if not self.measured.failed:
                self.measured.seconds.append(seconds / self.task.pictures)
                self.measured.processor.append(processor / self.task.pictures)

    def tell(self, word: str) -> bool:
        """Send a word to a worker that still takes part."""
        if self.measured.failed or self._process.stdin is None:
            return False
        try:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self.measured.failed = "the process ended"
        return not self.measured.failed

    def close(self) -> None:
        """Ask for the peak memory and let the process end."""
        if self.tell("end"):
            (self.measured.peak_mb,) = self.answer("peak_mb")
        self._process.terminate()
        self._process.wait()


def start(task: Task) -> Worker | Measured:
    """A worker in its environment, ready; or the reason why it cannot take part."""
    try:
        python = python_of(task.environment)
    except Unavailable as error:
        return Measured(task.title, failed=str(error))
    known = ENVIRONMENTS.get(task.environment)
    bound = ["taskset", "-c", "0"] if task.one_core else []
    command = [*bound, str(python), "-m", "benchmarks.speed.worker", *task.arguments]
    worker = Worker(task, command, dict(known.variables) if known else {})
    (worker.measured.ready,) = worker.answer("ready")
    return worker


def compete(tasks: Sequence[Task], rounds: int) -> list[Measured]:
    """Measure all tasks, in their order, over interleaved rounds."""
    with ThreadPoolExecutor(STARTED) as pool:
        started = list(pool.map(start, tasks))
    workers = [one for one in started if isinstance(one, Worker)]
    for turn in range(rounds):
        for worker in workers if turn % 2 == 0 else reversed(workers):
            worker.round()
    for worker in workers:
        worker.close()
    return [one.measured if isinstance(one, Worker) else one for one in started]
