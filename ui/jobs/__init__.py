"""Long work in its own process, its state on disk: any browser and any restarted server sees it."""

from gradcam_core.base import jobs
from gradcam_core.base.jobs import BAD_INPUT, ENDED, Job, JobProgress, get_job, list_jobs
from ui import access
from ui.jobs import start as starting
from ui.jobs.command import Options, command
from ui.jobs.start import SEARCH

__all__ = [
    "BAD_INPUT",
    "ENDED",
    "SEARCH",
    "Job",
    "JobProgress",
    "Options",
    "cancel",
    "command",
    "forget",
    "get_job",
    "list_jobs",
    "start",
    "start_report",
]

start = access.needs("editor")(starting.start)
start_report = access.needs("viewer")(starting.start)  # reads, and writes one file to hand over
cancel = access.needs("editor")(jobs.cancel)
forget = access.needs("editor")(jobs.forget)
