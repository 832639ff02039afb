"""Where a project comes from. One folder per source; ``open_project`` finds the right one."""

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gradcam_core.base import paths
from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import among
from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.registry import Registry
from gradcam_core.base.text import short
from gradcam_core.base.types import Project
from gradcam_core.projects.overrides import Overrides


@dataclass(frozen=True)
class Source:
    """One kind of source: its title, how it is named on the command line, and how it is opened.

    ``open`` takes what follows the source's name, the user's answers, and whom to tell of progress.
    """

    title: str
    usage: str
    open: Callable[[str, Overrides, Progress], Project]


UNREADABLE = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENOTDIR)
SOURCES: Registry[Source] = Registry("source", __name__)


def open_project(
    spec: str | Path, overrides: Overrides | None = None, progress: Progress = silent
) -> Project:
    """Open a project by what the user typed.

    Args:
        spec: "demo:NAME" or another source's name with or without ":REST"; else a folder, a
            project.toml, or a manifest (csv, parquet).
        overrides: answers that win over everything found.
        progress: told stage, done, total where opening takes long.

    Raises:
        ProjectError: nothing there, or what is there does not fit together.
    """
    try:
        return _opened(str(spec), overrides or Overrides(), progress)
    except OSError as error:
        if error.errno not in UNREADABLE:
            raise
        found = f"{short(error.filename)}: {error.strerror}"
        raise ProjectError("paths that can be read", found, "check path and rights") from None


def _opened(text: str, answers: Overrides, progress: Progress) -> Project:
    kind, _, rest = text.partition(":")
    if kind in SOURCES and not os.path.lexists(text):
        _permitted("", answers)
        return SOURCES[kind].open(rest, answers, progress)
    _permitted(text, answers)
    if not Path(text).exists():
        usages = ", ".join(SOURCES[name].usage for name in SOURCES)
        raise ProjectError(
            f"a project: {usages}", f"{text} does not exist", "check the path, or choose one of these"
        )
    return SOURCES["folder"].open(text, answers, progress)


def _permitted(text: str, answers: Overrides) -> None:
    """Where ``GRADCAM_ROOTS`` is set, as in the jobs of the pages, all that was named lies in it."""
    if (roots := paths.roots()) is None:
        return
    if text:
        among(Path(text), roots)
    for part in (one for one in vars(answers).values() if isinstance(one, Path)):
        among(part if part.exists() else Path(text, part), roots)
