"""Long work in its own process, its state on disk: any browser and any restarted server sees it."""

from ui.jobs.command import audit_command, inspect_command
from ui.jobs.job import ENDED, Job, Progress, cancel, forget, get_job, list_jobs
from ui.jobs.start import start

__all__ = [
    "ENDED",
    "Job",
    "Progress",
    "audit_command",
    "cancel",
    "forget",
    "get_job",
    "inspect_command",
    "list_jobs",
    "start",
]
