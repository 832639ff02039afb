"""What a picture is, whatever it is called: the hash of its file's bytes."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from gradcam_core.base.errors import SampleError
from gradcam_core.base.hashing import file_sha256
from gradcam_core.base.inside import inside
from gradcam_core.runs.pictures import root_of
from gradcam_core.runs.store import Run


def content_hashes(run: Run, root: Path | None = None) -> list[str]:
    """The SHA-256 of the picture of each row of the run's table; "" where it cannot be read any more.

    Args:
        run: the run.
        root: its project folder, where the caller has decided already that it may be read.

    Raises:
        RunError: the project folder may not be read.
    """
    folder = root_of(run) if root is None else root
    paths = run.columns(["path"])["path"].astype(str)
    known = {path: file_hash(folder, path) for path in paths.unique()}
    return [known[path] for path in paths]


def file_hash(root: Path, path: str) -> str:
    """The SHA-256 of one file inside ``root`` as hexadecimal digits; "" where it cannot be read."""
    try:
        file = inside(root, path)
        facts = file.stat()
        return _digest(str(file), facts.st_mtime_ns, facts.st_size)
    except (SampleError, OSError):
        return ""


@lru_cache(maxsize=200_000)
def _digest(file: str, _changed: int, _size: int) -> str:
    return file_sha256(Path(file))


def unreadable(hashes: Sequence[str]) -> int:
    """How many of these are no hash because the file could not be read."""
    return sum(not one for one in hashes)
