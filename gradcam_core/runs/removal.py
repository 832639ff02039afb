"""A run that somebody wants to be rid of."""

from pathlib import Path

from gradcam_core.base.disk import discard
from gradcam_core.base.errors import RunError
from gradcam_core.base.inside import is_name
from gradcam_core.base.text import short
from gradcam_core.runs.store import MANIFEST


def remove_run(runs: Path, name: str) -> Path:
    """Delete the run called ``name`` below ``runs``, damaged or not; verdicts on it stay.

    Raises:
        RunError: no run has this name, or it is a link.
    """
    place = runs / name if is_name(name) and not name.startswith(".") else None
    if place is None or place.is_symlink() or not (place / MANIFEST).exists():
        raise RunError(f"the name of a run below {runs}", short(name), "take one that `runs` lists")
    discard(place)
    return place
