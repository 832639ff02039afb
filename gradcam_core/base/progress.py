"""Progress of a long computation: to the terminal with count, rate and time left, or to a file."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tqdm import tqdm

from gradcam_core.base.files import write_json

Progress = Callable[[str, int, int], None]  # stage, done, total


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


class TerminalProgress:
    """One bar per stage on standard error: count, rate and time left."""

    def __init__(self) -> None:
        self._stage, self._bar = "", tqdm(disable=True)

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(desc=stage, total=total, unit="img", file=sys.stderr, dynamic_ncols=True)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class FileProgress:
    """A JSON file that is replaced at every report: stage, done, total, rate and seconds_left."""

    def __init__(self, path: Path) -> None:
        self._path, self._stage, self._start, self._first = path, "", 0.0, 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._start, self._first = stage, now, done
        passed, worked = now - self._start, done - self._first
        rate = worked / passed if passed > 0 and worked else None
        left = (total - done) / rate if rate else None
        report = {"stage": stage, "done": done, "total": total, "rate": rate, "seconds_left": left}
        write_json(self._path, report)


@contextmanager
def terminal(file: Path | None = None) -> Iterator[Progress]:
    """Report to the terminal, and into ``file`` where there is one; the bar is closed at the end."""
    bars = TerminalProgress()
    try:
        yield together(bars, FileProgress(file)) if file else bars
    finally:
        bars.close()


def together(*listeners: Progress) -> Progress:
    """Report to all of them."""

    def report(stage: str, done: int, total: int) -> None:
        for listener in listeners:
            listener(stage, done, total)

    return report


@contextmanager
def listening(progress: Progress | bool) -> Iterator[Progress]:
    """Whom to tell: a function, the terminal (True), or nobody (False)."""
    if progress is True:
        with terminal() as bars:
            yield bars
    else:
        yield progress or silent
