"""Is a run as it was written? The manifest holds size and SHA-256 of every file beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from gradcam_core.base.errors import RunError
from gradcam_core.base.hashing import file_sha256
from gradcam_core.runs.store import Run

FILES = "files"
State = Literal["whole", "missing", "another size", "changed"]
_HEX = 64  # digits of a SHA-256


@dataclass(frozen=True)
class Verified:
    """One file of a run, held against the manifest."""

    file: str
    state: State


def checksums(folder: Path) -> dict[str, dict[str, Any]]:
    """File name -> ``bytes`` and ``sha256`` of every regular file that lies in ``folder`` itself."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.is_symlink())
    return {path.name: {"bytes": path.stat().st_size, "sha256": file_sha256(path)} for path in files}


def verify(run: Run) -> tuple[Verified, ...]:
    """Every file that the manifest names, in its order, read whole.

    Raises:
        RunError: the manifest holds no checksums (a run of an older version), or damaged ones.
    """
    return tuple(Verified(name, _state(run, name, size, digest)) for name, size, digest in _promised(run))


def _state(run: Run, name: str, size: int, digest: str) -> State:
    try:
        path = run.file(name)
    except RunError:
        return "missing"
    if path.stat().st_size != size:
        return "another size"
    return "whole" if file_sha256(path) == digest else "changed"


def _promised(run: Run) -> Iterator[tuple[str, int, str]]:
    files = run.manifest.get(FILES)
    wanted = f"checksums in the manifest of the run {run.path.name}"
    if not isinstance(files, dict) or not files:
        found = "none: an older version wrote it" if files is None else "damaged ones"
        raise RunError(wanted, found, "`check` opens it and says what of it can be read")
    for name, kept in files.items():
        size, digest = (kept.get("bytes"), kept.get("sha256")) if isinstance(kept, dict) else (None, None)
        if not isinstance(size, int) or not isinstance(digest, str) or len(digest) != _HEX:
            raise RunError(wanted, "damaged ones", "audit again")
        yield name, size, digest
