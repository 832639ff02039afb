"""Pictures of a project folder that are not among its samples: training, validation, rows left out."""

from collections.abc import Iterator
from pathlib import Path

from gradcam_core.base.types import Project, Sample
from gradcam_core.projects.folder.scan import TEST_FOLDERS, scan


def other_samples(project: Project) -> tuple[Sample, ...]:
    """Samples of the folders beside the test pictures, by the names that such folders have.

    The label is the class folder's name where the project knows that class; the split is the folder's
    name, or "left out" for pictures beside the samples that no table names.
    """
    taken, found = {sample.path for sample in project.samples}, []
    for split, file, label in _pictures(project.root):
        path = file.relative_to(project.root).as_posix()
        if path not in taken:
            taken.add(path)
            known = label if label in project.class_names else None
            found.append(Sample(path, path, known, split=split))
    return tuple(found)


def _pictures(root: Path) -> Iterator[tuple[str, Path, str | None]]:
    """(split, file, class folder's name); of folders in one another the inner one is told first."""
    if not root.is_dir():
        return
    own = scan(root)
    for place in reversed(own.chain):
        for child in sorted(place.iterdir()):
            if child.is_dir() and child.name.lower() in TEST_FOLDERS and child not in own.chain:
                yield from ((child.name, file, label) for file, label in scan(root, child).pictures)
    yield from (("left out", file, label) for file, label in own.pictures)
