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


def mirrors_dir() -> Path:
    """Pictures fetched from projects behind a URL; runs refer to them."""
    return cache_dir() / "mirrors"


def unpacked_dir() -> Path:
    """Projects and models that came as a zip, unpacked; runs refer to what lies there."""
    return home() / "unpacked"


def roots() -> tuple[Path, ...] | None:
    """The only folders whose projects may be read: those of ``GRADCAM_ROOTS``; None where it is not set.

    Written as ``PATH`` is. What this program fetches and draws for itself may always be read.
    """
    named = os.environ.get("GRADCAM_ROOTS")
    if named is None:
        return None
    given = tuple(Path(one).resolve() for one in named.split(os.pathsep) if one)
    return (*given, demos_dir(), fetched_dir(), runs_dir(), mirrors_dir(), unpacked_dir())


def roots_of_pages() -> tuple[Path, ...]:
    """As :func:`roots`; by default the folder in which the server was started, and the home folder."""
    named = roots()
    return (Path.cwd(), home()) if named is None else named


def fetched_dir() -> Path:
    """Edge Impulse projects, fetched."""
    return home() / "edge-impulse"


def written_back_dir() -> Path:
    """Journals of what was changed at Edge Impulse, with which it can be taken back."""
    return home() / "written-back"
