"""A streamed answer becomes a file that appears only when it is complete."""

import hashlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from gradcam_core.base.errors import SourceError
from gradcam_core.projects.edge_impulse.api.faults import Call

CHUNK = 1 << 18
MOST_OF_A_DOCUMENT = 256 << 20  # bytes; a page of 500 samples with their metadata is a thousandth of it
KEPT = ("content-type", "retry-after")  # headers of an answer that is looked at whole
ABANDONED = 3600.0  # seconds after which nobody writes a partial file any more


@dataclass(frozen=True)
class Received:
    """What a download wrote: bytes and their SHA-256."""

    size: int
    sha256: str


def whole(call: Call, response: httpx.Response) -> httpx.Response:
    """A streamed answer with its content, decompressed; not one that would fill the memory.

    Raises:
        SourceError: more than ``MOST_OF_A_DOCUMENT`` bytes.
    """
    content = bytearray()
    for chunk in response.iter_bytes(CHUNK):
        content += chunk
        if len(content) > MOST_OF_A_DOCUMENT:
            found = f"more than {MOST_OF_A_DOCUMENT / 2**20:g} MB"
            raise SourceError(call.expected, found, "check --host; no answer of Edge Impulse is that long")
    kept = {name: value for name, value in response.headers.items() if name in KEPT}
    return httpx.Response(response.status_code, headers=kept, content=bytes(content))


def save(call: Call, response: httpx.Response, target: Path, limit: int) -> Received:
    """Stream a response into ``target`` by way of a partial file beside it.

    Raises:
        SourceError: more than ``limit`` bytes, or the disk takes no more.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{os.getpid()}-{threading.get_ident()}-{target.name}.part")
    try:
        received = _stream(call, response, part, limit)
        part.replace(target)
    except OSError as error:
        found = str(error.strerror)
        raise SourceError(f"room for {target}", found, "make room on the disk") from None
    finally:
        part.unlink(missing_ok=True)
    return received


def _stream(call: Call, response: httpx.Response, part: Path, limit: int) -> Received:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        for chunk in response.iter_bytes(CHUNK):
            size += len(chunk)
            if size > limit:
                raise SourceError(
                    call.expected, f"more than {limit:,} bytes", "check what is offered there"
                )
            digest.update(chunk)
            file.write(chunk)
    return Received(size, digest.hexdigest())


def remove_abandoned(folder: Path) -> None:
    """Remove partial files that a killed process left behind."""
    for part in folder.rglob(".*.part"):
        if time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)
