"""Starts the search of the run that an audit has just written: ``python -m ui.jobs.follow FOLDER``."""

import os
import sys
from pathlib import Path

from gradcam_core.base.files import read_json
from gradcam_core.base.jobs import THEN, read_job
from ui.jobs.start import SECRETS, start


def follow(folder: Path) -> None:
    """Start what ``then.json`` in an audit's job folder asks for; nothing where the audit wrote no run."""
    for name in os.environ.pop(SECRETS, "").split():
        os.environ.pop(name, None)  # they were for the audit
    job, options = read_job(folder), read_json(folder / THEN)
    run = (job.result or {}).get("run")
    if run and isinstance(options, dict):
        start("findings", str(run), options, program=job.argv[: job.argv.index(job.kind)])


if __name__ == "__main__":
    follow(Path(sys.argv[1]))
