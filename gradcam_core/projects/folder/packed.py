"""A project as the zip it came in: unpacked once below home, with limits, then any other folder."""

from pathlib import Path

from gradcam_core.base import paths
from gradcam_core.base.hashing import file_sha256
from gradcam_core.base.partial import partial_folder
from gradcam_core.base.unzip import extract


def unzipped(archive: Path) -> Path:
    """The folder with the contents of a zip; one folder alone in it is that folder.

    Raises:
        SourceError: damaged, leading out of the folder, or growing beyond what files of its size hold.
    """
    target = paths.unpacked_dir() / file_sha256(archive)[:20]
    if not target.is_dir():
        with partial_folder(target.parent) as part:
            extract(archive, part, _wanted, archive.name)
            part.chmod(0o755)
            part.replace(target)
    inner = [one for one in target.iterdir() if not one.name.startswith(".")]
    return inner[0] if len(inner) == 1 and inner[0].is_dir() else target


def _wanted(name: str) -> bool:
    return not name.startswith("__MACOSX/")
