"""Start a job once, in a process that outlives the browser and the server."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path

import psutil

from gradcam_core.base import paths
from gradcam_core.base.files import write_json
from gradcam_core.base.jobs import JOB, PREVIEW, PROGRESS, THEN, Job, list_jobs, read_job
from gradcam_core.base.turns import LOCK
from ui.jobs.command import PROGRAM, Options, command

WATCH = Path(__file__).with_name("watch.py")
ROOT = Path(__file__).resolve().parents[2]
LONG = ("audit", "findings", "edit", "compare", "data", "report")
TURNS = ("audit", "findings", "data")
"""Commands that take turns: as many at once as ``GRADCAM_JOBS`` says, one unless it is set."""
SECRETS = "GRADCAM_SECRETS"  # names of the environment variables that are for one command alone
SEARCH: Mapping[str, str | bool] = {"edits": True, "budget": "200"}
"""Options of the search that follows an audit."""


def start(
    kind: str,
    project: str,
    options: Options,
    secrets: Mapping[str, str] | None = None,
    program: Sequence[str] = PROGRAM,
    further: Sequence[str] = (),
    then: Mapping[str, str | bool] | None = None,
) -> Job:
    """Run a command in its own session and return its job; or an identical one that runs or waits.

    Identical means the same command line with the same secrets: a corrected key starts anew.

    Args:
        kind: a command; those of :data:`LONG` are told where to write their progress.
        project: a folder, a project file or ``demo:NAME``; a run's folder for commands about a run.
        options: flags without dashes. They must hold no secret, because they are written to disk.
        secrets: environment variables for the command alone; never written to disk.
        program: what comes before the kind.
        further: arguments after the project.
        then: options of the search of the run that an audit writes, started when the audit is done,
            whether or not anybody still looks at the page; None: no search.
    """
    options = {name: value for name, value in options.items() if value}
    argv = command(kind, project, options, program, further)
    with _only_one_starter():
        digest = hashlib.sha256(json.dumps(argv).encode()).hexdigest()[:10]
        for job in list_jobs(kind):
            if job.id.endswith(digest) and job.going and _holds(job, secrets or {}):
                return job
        now = datetime.now(UTC)
        folder = paths.jobs_dir() / f"{now:%Y%m%d-%H%M%S-%f}-{digest}"
        folder.mkdir(parents=True)
        if then is not None:
            write_json(folder / THEN, dict(then))
        waits = kind in TURNS
        process = _launch(folder, kind, argv, secrets or {}, waits)
        said = {"kind": kind, "project": project, "options": options, "argv": argv}
        started = now.isoformat(timespec="seconds")
        write_json(folder / JOB, {**said, "started": started, "waits": waits, **process})
        return read_job(folder)


def _holds(job: Job, secrets: Mapping[str, str]) -> bool:
    """Whether the running process was given these secrets; they are nowhere but in its environment."""
    if not secrets:
        return True
    try:
        given = psutil.Process(job.pid).environ()
    except (psutil.Error, OSError):
        return False
    return all(given.get(name) == value for name, value in secrets.items())


def _launch(
    folder: Path, kind: str, argv: Sequence[str], secrets: Mapping[str, str], waits: bool
) -> dict[str, float]:
    """Start the process that watches the command; its id and creation time tell it from later ones.

    One that waits for its turn inherits a lock, which the system takes back when it ends in whatever way.
    """
    files = ["--progress", str(folder / PROGRESS)] if kind in LONG else []
    files += ["--preview", str(folder / PREVIEW)] if kind == "inspect" else []
    end = argv.index("--")
    with _lock(folder) if waits else nullcontext() as lock:
        process = subprocess.Popen(
            [sys.executable, str(WATCH), str(folder), *argv[:end], *files, *argv[end:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=() if lock is None else (lock,),
            env={**os.environ, **_own_environment(), SECRETS: " ".join(secrets), **secrets},
        )
    return {"pid": process.pid, "created": psutil.Process(process.pid).create_time()}


@contextmanager
def _lock(folder: Path) -> Iterator[int]:
    """The locked file of a job that takes turns."""
    with (folder / LOCK).open("w") as file:
        with suppress(OSError):  # a disk without locks: nobody waits for it
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file.fileno()


def _own_environment() -> dict[str, str]:
    """A job sees what the pages may show, and nothing else of this machine."""
    roots = os.pathsep.join(map(str, paths.roots_of_pages()))
    return {"GRADCAM_HOME": str(paths.home()), "GRADCAM_ROOTS": roots, "PYTHONPATH": _python_path()}


def _python_path() -> str:
    """The project's own folder first, so that the command is found from any working folder."""
    return os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))


@contextmanager
def _only_one_starter() -> Iterator[None]:
    """Two browsers that press the button at once start one job."""
    paths.jobs_dir().mkdir(parents=True, exist_ok=True)
    with (paths.jobs_dir() / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
