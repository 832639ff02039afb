"""A project as the zip it came in: unpacked once below home, with limits, then any other folder."""

import hashlib
from pathlib import Path
from shutil import rmtree

from gradcam_core.base import paths
from gradcam_core.base.unzip import extract


def unpacked(archive: Path) -> Path:
    """The folder with the contents of a zip; one folder alone in it is that folder.

    Raises:
        SourceError: damaged, leading out of the folder, or growing beyond what files of its size hold.
    """
    with archive.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:20]
    target = paths.unpacked_dir() / digest
    if not target.is_dir():
        part = target.with_name(f".{digest}.part")
        rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            extract(archive, part, _wanted, archive.name)
            part.replace(target)
        finally:
            rmtree(part, ignore_errors=True)
    inner = [one for one in target.iterdir() if not one.name.startswith(".")]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else target


def _wanted(name: str) -> bool:
    return not name.startswith("__MACOSX/")
