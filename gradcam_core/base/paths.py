"""Where things live on disk: everything below one home folder, ``GRADCAM_HOME`` or the current one."""

import os
from pathlib import Path


def home() -> Path:
    """The folder that holds runs, demos, jobs and the picture cache."""
    return Path(os.environ.get("GRADCAM_HOME", ".")).resolve()


def runs_dir() -> Path:
    """Finished audits."""
    return home() / "runs"


def demos_dir() -> Path:
    """Built-in demo projects, drawn on first use."""
    return home() / "demos"


def jobs_dir() -> Path:
    """Audits started from the Analyse page: one folder each with its state and log."""
    return home() / "jobs"


def cache_dir() -> Path:
    """Thumbnails and converted models; may be deleted at any time."""
    return home() / "cache"
