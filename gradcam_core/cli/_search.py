"""A search for shortcuts that may not take longer than so many minutes, and never leaves half a result."""

import shutil
import time
from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.base.progress import Progress
from gradcam_core.findings.investigate import investigate
from gradcam_core.runs.store import Run


class _TimeUp(Exception):
    """The minutes are over."""


def search(run: Run, minutes: float, progress: Progress, trial: Path) -> str:
    """Search a run without edits, then with edits as far as the time allows; "" or why edits are missing.

    Edits are tried on a copy of the run, so that a search that is stopped changes nothing.

    Args:
        run: finished; gets the findings.
        minutes: for the search with edits; 0 leaves it out.
        progress: told stage, done, total.
        trial: where the copy may lie; gone afterwards.
    """
    try:
        investigate(run.path, edits=False, progress=progress)
    except AuditError as error:
        return f"not searched: {error}"
    if not minutes:
        return "searched without edits: nothing tells what the model uses"
    end = time.monotonic() + 60 * minutes

    def watched(stage: str, done: int, total: int) -> None:
        progress(stage, done, total)
        if time.monotonic() > end:
            raise _TimeUp

    copy = trial / run.path.name
    try:
        shutil.copytree(run.path, copy)
        investigate(copy, edits=True, progress=watched)
        shutil.copytree(copy, run.path, dirs_exist_ok=True)
    except _TimeUp:
        return (
            f"the edits did not end within {minutes:g} minutes: findings are without edits, at most level 2"
        )
    except AuditError as error:
        return f"searched without edits, which failed: {error}"
    finally:
        shutil.rmtree(trial, ignore_errors=True)
    return ""
