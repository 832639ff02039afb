"""Start a job once, in a process that outlives the browser and the server."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil

from gradcam_core import paths
from gradcam_core.store import write_json
from ui.jobs.job import JOB, PROGRESS, Job, list_jobs, load

WATCH = Path(__file__).with_name("watch.py")
ROOT = Path(__file__).resolve().parents[2]


def start(kind: str, project: str, argv: Sequence[str], secrets: Mapping[str, str] | None = None) -> Job:
    """Run ``argv`` in its own session and return its job; an identical running job is returned instead.

    Args:
        kind: ``inspect`` or ``audit``; an audit is told where to write its progress.
        project: what the list of jobs shows.
        argv: the command. It must hold no secret, because it is written to disk.
        secrets: environment variables for the command alone; never written to disk.
    """
    with _only_one_starter():
        digest = hashlib.sha256(json.dumps([kind, *argv]).encode()).hexdigest()[:10]
        for job in list_jobs(kind):
            if job.id.endswith(digest) and job.state == "running":
                return job
        return _launch(kind, project, argv, digest, secrets or {})


def _launch(kind: str, project: str, argv: Sequence[str], digest: str, secrets: Mapping[str, str]) -> Job:
    now = datetime.now(UTC)
    folder = paths.jobs_dir() / f"{now:%Y%m%d-%H%M%S-%f}-{digest}"
    folder.mkdir(parents=True)
    progress = ["--progress", str(folder / PROGRESS)] if kind == "audit" else []
    process = subprocess.Popen(
        [sys.executable, str(WATCH), str(folder), *argv, *progress],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "GRADCAM_HOME": str(paths.home()), "PYTHONPATH": _python_path(), **secrets},
    )
    said = {
        "kind": kind,
        "project": project,
        "argv": list(argv),
        "started": now.isoformat(timespec="seconds"),
        "pid": process.pid,
        "created": psutil.Process(process.pid).create_time(),
    }
    write_json(folder / JOB, said)
    job = load(folder)
    assert job is not None
    return job


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
