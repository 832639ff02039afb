"""The pictures of one piece on one machine: a shared folder, or fetched from the URL it mirrors."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gradcam_core.base import remote_folder
from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import MaskFile, Project, Region, Shape
from gradcam_core.images.sound_pictures import description_of


@contextmanager
def at_hand(project: Project, url: str, folder: Path) -> Iterator[Project]:
    """The project with pictures and masks that this machine can read.

    Args:
        project: as the machine that started the audit sees it.
        url: what the project's folder mirrors; empty: the folder is shared.
        folder: the mirror on the machine that started the audit; unused without ``url``.

    Raises:
        AuditError: the folder is not there.
    """
    if not url:
        if not project.root.is_dir():
            wanted = f"the pictures' folder {project.root} on every machine"
            raise AuditError(wanted, "no such folder on one of them", "share it, or audit a URL")
        yield project
        return
    names = [_below(path, folder) for path in _files(project)]
    with TemporaryDirectory(prefix="gradcam-pictures-") as here:
        remote_folder.plant(Path(here), url, names)
        with suppress(OSError):  # what is missing is asked for again, one by one, and becomes a reason
            remote_folder.fill(Path(here), names)
        yield _moved(project, folder, Path(here))


def _files(project: Project) -> list[Path]:
    usable = [sample for sample in project.samples if sample.id not in project.broken]
    shapes = (shape for region in project.regions.values() for shape in region.shapes)
    masks = [shape.path for shape in shapes if isinstance(shape, MaskFile)]
    files = [project.root / sample.path for sample in usable]
    described = description_of(files[0]) if project.features is not None and files else None
    return [*files, *masks, *((described,) if described else ())]


def _below(path: Path, folder: Path) -> str:
    if not path.is_relative_to(folder):
        raise AuditError(f"pictures and masks below {folder}", str(path), "put them into one folder")
    return path.relative_to(folder).as_posix()


def _moved(project: Project, old: Path, new: Path) -> Project:
    def place(shape: Shape) -> Shape:
        if not isinstance(shape, MaskFile):
            return shape
        return replace(shape, path=new / shape.path.relative_to(old))

    regions = {
        name: Region(region.source, tuple(map(place, region.shapes)))
        for name, region in project.regions.items()
    }
    return replace(project, root=new / project.root.relative_to(old), regions=regions)
