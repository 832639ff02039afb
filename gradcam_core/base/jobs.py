"""A job's folder and what can be read from it: the queue of long work on this machine.

``job.json``       what was started and as which process     written by the starter
``progress.json``  stage, done, total, rate, seconds left    replaced atomically by the command
``begun``          an empty file: its turn has come             by the process that watches the command
``lock``           locked as long as that process lives
``stdout``, ``stderr``                                       the command's own words
``exit.json``      the exit code, written last               by the process that watched the command
"""

import json
import os
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import psutil

from gradcam_core.base import paths
from gradcam_core.base.files import read_text, write_json
from gradcam_core.base.inside import irregular, is_name
from gradcam_core.base.turns import BEGUN, ahead, places

State = Literal["queued", "running", "done", "failed", "cancelled", "vanished"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled", "vanished")
JOB, PROGRESS, EXIT, STDOUT, STDERR = "job.json", "progress.json", "exit.json", "stdout", "stderr"
PREVIEW = "preview.png"  # of a look: its samples as the network gets them
THEN = "then.json"  # options of the search that follows an audit
BAD_INPUT = 2  # the exit code of a command that says what was expected, found and to do
DAMAGED = (KeyError, TypeError, ValueError, OverflowError)
TAIL = 64_000  # bytes of a log that are read; the result is its last line


@dataclass(frozen=True)
class JobProgress:
    """How far a command is; ``rate`` in samples per second and ``seconds_left`` may be unknown."""

    stage: str
    done: int
    total: int
    rate: float | None = None
    seconds_left: float | None = None


@dataclass(frozen=True)
class Job:
    """One started command, as its folder says now."""

    folder: Path
    kind: str
    project: str
    options: Mapping[str, str | bool]
    argv: tuple[str, ...]
    started: str
    pid: int
    created: float
    state: State
    code: int | None

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def going(self) -> bool:
        """It runs, or waits for its turn."""
        return self.state in ("queued", "running")

    @property
    def before(self) -> int:
        """How many jobs are ahead of one that waits for its turn."""
        return len(ahead(self.folder)) if self.state == "queued" else 0

    @property
    def progress(self) -> JobProgress | None:
        """The last progress the command wrote, None before the first."""
        found = _read(self.folder / PROGRESS)
        if not found or "stage" not in found:
            return None
        done, total, rate, left = (_number(found.get(n)) for n in ("done", "total", "rate", "seconds_left"))
        return JobProgress(str(found["stage"]), int(done or 0), int(total or 0), rate, left)

    @property
    def result(self) -> Mapping[str, Any] | None:
        """The JSON object on the last line of standard output of a job that is done."""
        lines = tail(self.folder / STDOUT, limit=None).strip().splitlines()
        if self.state != "done" or not lines:
            return None
        try:
            found = json.loads(lines[-1])
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None

    @property
    def run_id(self) -> str | None:
        """The id of the run that an audit wrote."""
        path = (self.result or {}).get("run")
        return Path(str(path)).name if path else None

    @property
    def searched(self) -> bool:
        """A search follows this audit."""
        return (self.folder / THEN).is_file()

    @property
    def error(self) -> str:
        """The last line on standard error of a failed job: one clear sentence for bad input."""
        if self.state == "vanished":
            return "The process ended without a word: it was killed, or the machine restarted."
        lines = tail(self.folder / STDERR).strip().splitlines()
        said = lines[-1].strip() if lines else "The process said nothing."
        if self.code == -signal.SIGKILL:
            return f"The system ended the process, most likely because memory ran out. Last words: {said}"
        return said if self.code == BAD_INPUT else f"The program failed on its own account: {said}"

    @property
    def log(self) -> str:
        """The end of standard error."""
        return tail(self.folder / STDERR, 8_000)


def tail(path: Path, limit: int | None = TAIL) -> str:
    """The last ``limit`` bytes of a file as text; empty where there is no file."""
    if irregular(path):
        return ""
    try:
        with path.open("rb") as file:
            if limit is not None:
                file.seek(max(0, path.stat().st_size - limit))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(read_text(path, TAIL))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _number(value: Any) -> float | None:
    """A finite number, or None for anything else."""
    known = isinstance(value, int | float) and not isinstance(value, bool)
    return value if known and abs(value) < 1e15 else None


def alive(pid: int, created: float) -> bool:
    """True where this very process still runs; a pid that was given to another one does not count."""
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - created) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OverflowError, ValueError):
        return False


def load(folder: Path) -> Job | None:
    """The job in this folder, or None where there is none or its file is damaged."""
    try:
        return read_job(folder)
    except DAMAGED:
        return None


def read_job(folder: Path) -> Job:
    """The job in this folder as it is now.

    Raises:
        KeyError, TypeError, ValueError, OverflowError: there is none, or its file is damaged.
    """
    said = _read(folder / JOB) or {}
    running = alive(int(said["pid"]), float(said["created"]))
    waits = bool(said.get("waits")) and not (folder / BEGUN).exists() and len(ahead(folder)) >= places()
    ended = _read(folder / EXIT)  # after the look at the process: it writes this last
    code = None if ended is None else int(ended["code"])
    return Job(
        folder=folder,
        kind=str(said["kind"]),
        project=str(said["project"]),
        options={str(name): value for name, value in dict(said["options"]).items()},
        argv=tuple(str(one) for one in said["argv"]),
        started=datetime.fromisoformat(str(said["started"])).astimezone(UTC).isoformat(),
        pid=int(said["pid"]),
        created=float(said["created"]),
        state=_state(bool(said.get("cancelled")), running, code, waits),
        code=code,
    )


def _state(cancelled: bool, running: bool, code: int | None, waits: bool) -> State:
    if code == 0:
        return "done"
    if cancelled:
        return "cancelled"
    if code is not None:
        return "failed"
    if not running:
        return "vanished"
    return "queued" if waits else "running"


def get_job(job_id: str) -> Job | None:
    """The job with this id; ids come from an address line, so only a plain name is looked up."""
    return load(paths.jobs_dir() / job_id) if is_name(job_id) else None


def list_jobs(kind: str | None = None) -> list[Job]:
    """Every job (of one kind), newest first."""
    jobs = [load(path.parent) for path in paths.jobs_dir().glob(f"*/{JOB}")]
    found = [job for job in jobs if job is not None and kind in (None, job.kind)]
    return sorted(found, key=lambda job: (job.started, job.id), reverse=True)


def cancel(job: Job) -> None:
    """End the job's own process group; nothing happens where it has ended by itself."""
    said = _read(job.folder / JOB)
    if said is None or not alive(job.pid, job.created):
        return
    write_json(job.folder / JOB, {**said, "cancelled": True})
    os.killpg(job.pid, signal.SIGTERM)


def forget(job: Job) -> None:
    """Remove the folder of a job that has ended; its run stays."""
    current = load(job.folder)
    if current is not None and current.state in ENDED:
        shutil.rmtree(job.folder)
