"""Long work in its own process, its state on disk: any browser and any restarted server sees it."""

from gradcam_core.base.jobs import BAD_INPUT, ENDED, Job, JobProgress, cancel, forget, get_job, list_jobs
from ui.jobs.command import Options, command
from ui.jobs.start import SEARCH, start

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
]
