"""``deploy.zip`` or any zip with one run in it -> that run among the runs of this machine."""

import re
import tempfile
from pathlib import Path

from gradcam_core.base.errors import RunError
from gradcam_core.base.inside import is_name
from gradcam_core.base.text import short
from gradcam_core.base.unzip import extract, names_in
from gradcam_core.runs.reviews import FILE
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
        target = runs / (fresh.id if _is_free(fresh.id) else name)
        if not target.exists():
            fresh.path.replace(target)
        elif open_run(target).manifest != fresh.manifest:
            raise RunError("a name that is free for this run", short(target.name), "give --runs FOLDER")
    return open_run(target)


def _is_free(name: str) -> bool:
    """Whether a run may be called so among runs: no way out, nothing hidden, not the file of verdicts."""
    return is_name(name) and not name.startswith((".", FILE))


def _found(file: Path) -> list[tuple[str, str]]:
    """(folders above, name) of every run in a zip; nothing where it is no zip."""
    matches = map(_RUN.match, names_in(file))
    return [(one[1], one[2]) for one in matches if one and _is_free(one[2])]
