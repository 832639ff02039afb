"""Small pictures for the gallery, made once and kept on disk by what the source file was.

The key is the file's path, size and time of change. Writers may race: each writes its own temporary
file and renames it. The folder is bounded; what was not shown for longest goes first.
"""

import base64
import hashlib
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gradcam_core import images
from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.inside import inside
from gradcam_core.base.picture_rules import PLAIN, Pixels
from gradcam_core.runs.pictures import believed

LONGEST = 256  # pixels; a card is drawn at about 160
DETAIL = 1600  # the sample page stays below this, losslessly
BOUND = 512 * 2**20  # bytes on disk
CHECK_EVERY = 400  # new pictures between two looks at the bound
_made = CHECK_EVERY  # since the last look; a new process looks at its first new picture


@dataclass(frozen=True)
class Shown:
    """A picture as a data URL with its original (height, width), or the reason why there is none."""

    url: str = ""
    size: tuple[int, int] = (1, 1)
    reason: str = ""


def source_path(root: str, path: str) -> Path:
    """The picture's file.

    Raises:
        AuditError: the path leaves the project folder, or that one lies outside what the pages may show.
    """
    return inside(believed(root, paths.roots_of_pages()), path)


def folder() -> Path:
    return paths.cache_dir() / "thumbnails"


def _key(source: Path, pixels: Pixels = PLAIN) -> Path:
    facts = source.stat()
    text = f"{source}|{facts.st_mtime_ns}|{facts.st_size}|{LONGEST}|{pixels}"
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    return folder() / name[:2] / f"{name}.jpg"


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(target)


def jpeg(source: Path, pixels: Pixels = PLAIN) -> bytes:
    """The thumbnail of a picture file, upright, from the cache where it is there.

    Args:
        source: the picture's file.
        pixels: how the run reads deep values and transparency.

    Raises:
        AuditError, OSError: the file is missing or no picture.
    """
    global _made
    kept = _key(source, pixels)
    try:
        data = kept.read_bytes()
        os.utime(kept)
        return data
    except FileNotFoundError:
        pass
    picture = images.read_rgb(source, (LONGEST, LONGEST), pixels)
    data = images.encode_jpeg(images.thumbnail(picture, LONGEST))
    _write(kept, data)
    _made += 1
    if _made >= CHECK_EVERY:  # threads may race here: at worst two look
        _made = 0
        prune(BOUND)
    return data


def prune(bound: int) -> int:
    """Delete the thumbnails that were not shown for longest until ``bound`` bytes remain; bytes freed."""
    found = []
    for file in folder().glob("*/*.jpg"):
        try:
            facts = file.stat()
        except FileNotFoundError:  # another process pruned it
            continue
        found.append((facts.st_mtime, facts.st_size, file))
    total, freed = sum(size for _, size, _ in found), 0
    for _, size, file in sorted(found):
        if total - freed <= bound:
            break
        file.unlink(missing_ok=True)
        freed += size
    return freed


def _url(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def _why(error: Exception) -> str:
    return error.found if isinstance(error, AuditError) and error.found else str(error)


def small(root: str, path: str, size: tuple[int, int], pixels: Pixels = PLAIN) -> Shown:
    """One picture for a card; ``size`` (height, width) is what the table says of the original."""
    try:
        return Shown(_url("jpeg", jpeg(source_path(root, path), pixels)), size)
    except FileNotFoundError:
        return Shown(reason=f"{PurePosixPath(path).name}: no such file")
    except (AuditError, OSError) as error:
        return Shown(reason=_why(error))


def page(root: str, wanted: Sequence[tuple[str, tuple[int, int]]], pixels: Pixels = PLAIN) -> list[Shown]:
    """Pictures of one page, decoded side by side; order as asked."""
    with ThreadPoolExecutor(max_workers=min(8, os.cpu_count() or 1)) as pool:
        return list(pool.map(lambda item: small(root, item[0], item[1], pixels), wanted))


def large(root: str, path: str, pixels: Pixels = PLAIN) -> Shown:
    """The picture for the sample page: lossless, and only made smaller where it is huge."""
    try:
        picture = images.read_rgb(source_path(root, path), pixels=pixels)
    except (AuditError, OSError) as error:
        return Shown(reason=_why(error))
    height, width = picture.shape[:2]
    if max(height, width) > DETAIL:
        picture = images.thumbnail(picture, DETAIL)
    return Shown(_url("png", images.encode_png(picture)), (height, width))
