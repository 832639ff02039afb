"""The picture files of a run. What a run says of where they lie is believed only as far as it may be."""

from pathlib import Path

from gradcam_core.base import paths
from gradcam_core.base.errors import RunError
from gradcam_core.base.inside import among, inside
from gradcam_core.runs.store import Run


def root_of(run: Run) -> Path:
    """The project folder that the run was made from, absolute with its links followed.

    Raises:
        RunError: it is no folder of a project, or lies outside ``GRADCAM_ROOTS`` where that is set.
    """
    root = Path(str(run.manifest["project"]["root"]))
    if not root.is_absolute() or root.resolve() == Path(root.anchor):
        raise RunError(
            f"the project's folder in the manifest of {run.path.name}", repr(str(root)), "audit it again"
        )
    return among(root, paths.roots(), RunError)


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
    return among(Path(str(run.manifest["model"]["path"])), paths.roots(), RunError)
