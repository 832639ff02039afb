"""The one gate for paths: what a file, a form, an address or a run names must lie inside its root.

Links are followed before the question is asked, so a link that leads out is outside. ``~``, percent signs
and environment variables are letters like any other: nothing expands them. What is opened is a
regular file: no pipe that waits for ever, no device that never ends.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath

from gradcam_core.base.errors import AuditError, ProjectError, SampleError
from gradcam_core.base.text import short

UNUSABLE = (OSError, ValueError, RuntimeError)  # a NUL, a loop of links, a name too long


def below(root: Path, written: str | Path, error: type[AuditError] = SampleError) -> Path:
    """The file or folder that ``written`` means, relative to ``root`` or absolute; it need not be there.

    Raises:
        AuditError: of the given kind; it leads out of ``root``, or no file can have this name.
    """
    text, kind = str(written), f"a path inside the folder {short(root.name)}"
    try:
        home, found = root.resolve(), Path(root, text).resolve()
    except UNUSABLE:
        raise error(kind, f"{short(text)}, which no file can be called", "correct the path") from None
    if not found.is_relative_to(home) or _is_of_windows(text):
        todo = "copy what it leads to into the folder, or name that folder yourself"
        raise error(kind, f"{short(text)}, which leads out of the folder {short(root.name)}", todo)
    return found


def inside(root: Path, written: str | Path, error: type[AuditError] = SampleError) -> Path:
    """The regular file that ``written`` means inside ``root``, links resolved.

    Raises:
        AuditError: of the given kind; as :func:`below`, or it is not there, or no regular file.
    """
    found = below(root, written, error)
    if problem := irregular(found):
        raise error("a file", f"{short(Path(str(written)).name)}: {problem}", "correct the path")
    return found


def holds(root: Path, written: str | Path) -> bool:
    """Whether :func:`inside` would hand this file out."""
    try:
        inside(root, written)
    except SampleError:
        return False
    return True


def stays(root: Path, written: str | Path) -> bool:
    """Whether :func:`below` would hand this path out; nothing need be there."""
    try:
        below(root, written)
    except SampleError:
        return False
    return True


def irregular(file: Path) -> str:
    """Why this is no regular file, links followed; "" for one that is."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return "no such file"
    except UNUSABLE as error:
        return (error.strerror if isinstance(error, OSError) else None) or "no file can be called so"
    if stat.S_ISREG(mode):
        return ""
    return "a folder" if stat.S_ISDIR(mode) else "no regular file (a pipe, a device or a socket)"


def among(place: Path, roots: Sequence[Path] | None, error: type[AuditError] = ProjectError) -> Path:
    """``place``, absolute and with its links followed; it has to lie in one of ``roots``, not hidden there.

    None stands for any place: whoever types a command may name what he likes.

    Raises:
        AuditError: of the given kind; it lies elsewhere.
    """
    kind = "a place in the folders that this server may read (GRADCAM_ROOTS)"
    try:
        found = place.resolve()
    except UNUSABLE:
        raise error(kind, f"{short(place)}, which nothing can be called", "correct the path") from None
    if roots is None:
        return found
    for root in (one.resolve() for one in roots):
        if found.is_relative_to(root) and not _hidden(found.relative_to(root)):
            return found
    todo = "move it into one of them, or let whoever runs this server add its folder to GRADCAM_ROOTS"
    raise error(kind, f"{short(place)}, which is outside GRADCAM_ROOTS or hidden", todo)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def is_name(text: str) -> bool:
    """Whether this is one plain name of a file or folder, and no way to anywhere else."""
    separators = {os.sep, os.altsep, "/", "\\", "\0"} - {None}
    return text not in ("", ".", "..") and len(text) <= 255 and not separators & set(text)


def _is_of_windows(text: str) -> bool:
    r"""``C:\x``, ``\\server\share``: nothing here, and elsewhere on the machine under Windows."""
    return os.sep == "/" and PureWindowsPath(text).is_absolute()
