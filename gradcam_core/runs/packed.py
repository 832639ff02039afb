"""``deploy.zip`` or any zip with one run in it -> that run among the runs of this machine."""

import re
import tempfile
import zipfile
from pathlib import Path

from gradcam_core.base.errors import RunError
from gradcam_core.base.inside import is_name
from gradcam_core.base.text import short
from gradcam_core.base.unzip import extract
from gradcam_core.runs.store import MANIFEST, Run, open_run

_RUN = re.compile(rf"^((?:[^/]+/)*?)([^/]+)/{re.escape(MANIFEST)}$")


def holds_run(file: Path) -> bool:
    """Whether this is a zip with exactly one run in it."""
    return len(_found(file)) == 1


def unpack_run(archive: Path, runs: Path) -> Run:
    """Unpack the run of a zip into ``runs`` and open it; one that is there already is opened.

    Raises:
        RunError: no run or several in it, another run of this name is there, or the run cannot be opened.
        SourceError: the zip is damaged or not safe to unpack.
    """
    found = _found(archive)
    if len(found) != 1:
        names = ", ".join(name for _, name in found[:5]) or "none"
        raise RunError(f"one run (a folder with {MANIFEST}) in {archive.name}", names, "unpack it yourself")
    ((above, name),) = found
    runs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".opening-", dir=runs) as folder:
        extract(archive, Path(folder), lambda one: one.startswith(f"{above}{name}/"), archive.name)
        fresh = open_run(Path(folder) / above / name)
        target = runs / (fresh.id if is_name(fresh.id) and not fresh.id.startswith(".") else name)
        if not target.exists():
            fresh.path.replace(target)
        elif open_run(target).manifest != fresh.manifest:
            raise RunError("a name that is free for this run", short(target.name), "give --runs FOLDER")
    return open_run(target)


def _found(file: Path) -> list[tuple[str, str]]:
    """(folders above, name) of every run in a zip; nothing where it is no zip."""
    try:
        with zipfile.ZipFile(file) as packed:
            matches = [_RUN.match(name) for name in packed.namelist()]
    except (zipfile.BadZipFile, OSError):
        return []
    return [(one[1], one[2]) for one in matches if one and not one[2].startswith(".")]
