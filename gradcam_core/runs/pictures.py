"""The picture files of a run. What a run says of where they lie is believed only as far as it may be."""

from collections.abc import Sequence
from pathlib import Path

from gradcam_core.base import paths
from gradcam_core.base.errors import RunError
from gradcam_core.base.inside import among, inside
from gradcam_core.base.text import short
from gradcam_core.runs.store import Run


def root_of(run: Run) -> Path:
    """The project folder that the run was made from, absolute with its links followed.

    Raises:
        RunError: it is no folder of a project, or lies outside ``GRADCAM_ROOTS`` where that is set.
    """
    return believed(str(run.root), paths.roots())


def believed(root: str, roots: Sequence[Path] | None) -> Path:
    """A run's word for its project folder, where that is one and lies in one of ``roots``.

    Raises:
        RunError: it is no absolute path, the whole disk, or lies elsewhere.
    """
    place = Path(root)
    if not place.is_absolute() or place == Path(place.anchor):
        raise RunError("the project's folder in the manifest", repr(short(root)), "audit it again")
    found = among(place, roots, RunError)
    if found == Path(found.anchor):
        raise RunError("a project's folder in the manifest", "the whole disk", "audit it again")
    return found


def picture_file(run: Run, path: str) -> Path:
    """The file of a row's ``path``.

    Raises:
        RunError: as :func:`root_of`.
        SampleError: it leads out of the project folder, or is no regular file.
    """
    return inside(root_of(run), path)


def model_file(run: Run) -> Path:
    """The model that the run was made with.

    Raises:
        RunError: it lies outside ``GRADCAM_ROOTS`` where that is set.
    """
    return among(Path(str(run.model["path"])), paths.roots(), RunError)
