"""The Keras file of a learn block: found among the downloads, unpacked, known by its first bytes."""

import re
from collections.abc import Iterator
from pathlib import Path

from gradcam_core.base.errors import SourceError
from gradcam_core.base.unzip import single_member
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.fields import Document, objects, text
from gradcam_core.projects.edge_impulse.describe.blocks import LearnBlock

HDF5, ZIP = b"\x89HDF", b"PK\x03\x04"
LARGEST = 1 << 32
_LEARN = re.compile(r"/learn-data/(\d+)/")


def downloads(client: Client, project_id: int, impulse_id: int | None) -> list[Document]:
    """What the project offers for download."""
    document = client.get(f"/api/{project_id}/downloads", {"impulseId": impulse_id})
    return objects(document, "downloads")


def blocks_offered(
    client: Client, project_id: int, impulse_id: int | None, wanted: int | None
) -> Iterator[LearnBlock]:
    """Learn blocks by the Keras files that are offered, for a key that may not read the impulse."""
    seen = set() if wanted is None else {wanted}
    for offer in downloads(client, project_id, impulse_id):
        found = _LEARN.search(text(offer, "link") or "")
        if found and _is_keras(offer):
            seen.add(int(found[1]))
    for number in sorted(seen):
        yield LearnBlock(number, "keras", "known by its download only")


def _is_keras(offer: Document) -> bool:
    words = " ".join(text(offer, name) or "" for name in ("type", "name", "id")).lower()
    return "h5" in words or "keras" in words


def fetch_model(
    client: Client, project_id: int, impulse_id: int | None, block: LearnBlock, target: Path
) -> None:
    """Download the block's Keras file and unpack it to ``target``.

    Raises:
        SourceError: no such file is offered, or what came is no model.
    """
    offered = downloads(client, project_id, impulse_id)
    own = [one for one in offered if f"/learn-data/{block.id}/" in (text(one, "link") or "")]
    keras = [one for one in own if _is_keras(one)]
    if not keras:
        names = (
            ", ".join(filter(None, (text(one, "type") or text(one, "name") for one in own))) or "nothing"
        )
        raise SourceError(
            f"a Keras .h5 file among the downloads of block {block}",
            names,
            "Edge Impulse writes none for SSD, YOLO, custom, BYOM and anomaly blocks: choose another block "
            "with --block ID, or give the file with --model (for visual anomaly any image network: a "
            "mixture of its features on normal pictures takes the place of the one that is not exported)",
        )
    packed = target.with_suffix(".download")
    try:
        client.download(text(keras[0], "link") or "", packed, limit=LARGEST)
        unpack_model(packed, target, f"the download “{text(keras[0], 'name')}”")
    finally:
        packed.unlink(missing_ok=True)


def unpack_model(packed: Path, target: Path, what: str) -> None:
    """A bare .h5, or the only .h5 in a zip -> ``target``; the content decides, not the name.

    Raises:
        SourceError: a truncated zip, or something else.
    """
    with packed.open("rb") as file:
        head = file.read(8)
    if head.startswith(HDF5):
        packed.replace(target)
    elif head.startswith(ZIP):
        single_member(packed, (".h5", ".hdf5", ".keras"), target, LARGEST, what)
    else:
        kind = "a TensorFlow Lite file" if head[4:8] == b"TFL3" else f"a file that begins with {head!r}"
        raise SourceError(
            f"a zip with a Keras .h5 in {what}",
            kind,
            "train the block again, or give --model",
        )
