"""Features of the windows of all test samples: the whole split at once, else window by window."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import SourceError
from gradcam_core.base.sounds import Features
from gradcam_core.base.types import Floats
from gradcam_core.projects.edge_impulse.api.client import Client
from gradcam_core.projects.edge_impulse.api.faults import Denied, Failed
from gradcam_core.projects.edge_impulse.api.fields import Document, text, whole
from gradcam_core.projects.edge_impulse.describe.described import DescribedBlock
from gradcam_core.projects.edge_impulse.fetch.ledger import DownloadEntry, DownloadLedger
from gradcam_core.projects.edge_impulse.remote import Remote

LARGEST = 1 << 34


@dataclass(frozen=True)
class Window:
    """One window: of which sample, from and to which millisecond, and its features (frames, bands).

    ``features`` None: they could not be had, for ``reason``.
    """

    sample: str
    start: int
    end: int
    features: Floats | None
    reason: str = ""


def windows_of(
    client: Client,
    described: DescribedBlock,
    metadata: Document,
    features: Features,
    root: Path,
    samples: Sequence[Remote],
) -> tuple[list[Window], str]:
    """Every window of the test split, and how it came.

    The split exists only once Studio has made features of the test data; else each window is asked for.

    Raises:
        SourceError: the key is refused, or arrays that do not fit together came.
    """
    assert described.sound is not None
    base = f"/api/{described.project_id}"
    created = text(metadata, "created") or ""
    try:
        arrays = [
            _array(client, f"{base}/dsp-data/{described.sound.id}/{part}/testing", root, created)
            for part in "xy"
        ]
    except (Failed, SourceError) as error:
        if isinstance(error, Denied) and not isinstance(error, Failed):
            raise
        address = f"{base}/dsp/{described.sound.id}/raw-data"
        return list(_one_by_one(client, address, metadata, features, samples)), "window by window"
    return list(_of_split(arrays[0], arrays[1], features)), "processed features of the test split"


def _array(client: Client, path: str, root: Path, version: str) -> NDArray[np.generic]:
    """A ``.npy`` answer, fetched unless it is here in this version."""
    ledger, name = DownloadLedger(root), "features-" + "-".join(path.split("/")[-2:])
    target = root / f"{name}.npy"
    if not version or ledger.complete(name, version) is None:
        received = client.download(path, target, limit=LARGEST)
        ledger.add(DownloadEntry(name, version, target.name, received.size, received.sha256))
    try:
        return np.asarray(np.load(target, mmap_mode="r", allow_pickle=False))
    except (ValueError, OSError) as error:
        raise SourceError(f"a .npy array in answer to GET {path}", str(error), "start again") from None


def _of_split(x: NDArray[np.generic], y: NDArray[np.generic], features: Features) -> Iterator[Window]:
    """Rows of y are (label, sample id, start ms, end ms)."""
    shape = (features.frames, features.bands)
    rows = x.reshape(len(x), -1)
    if y.ndim != 2 or y.shape != (len(x), 4) or rows.shape[1] != shape[0] * shape[1]:
        raise SourceError(
            f"features of {shape[0]} × {shape[1]} and labels (n, 4)",
            f"arrays of the shapes {x.shape} and {y.shape}",
            "generate features of the test data in Studio again",
        )
    for values, (_, sample, start, end) in zip(rows, y.astype(np.int64), strict=True):
        yield Window(str(sample), int(start), int(end), values.reshape(shape).astype(np.float32))


def _one_by_one(
    client: Client, address: str, metadata: Document, features: Features, samples: Sequence[Remote]
) -> Iterator[Window]:
    size = whole(metadata, "windowSizeMs") or 1000
    step = whole(metadata, "windowIncreaseMs") or size
    pads = metadata.get("padZeros") is True
    for one in samples:
        length = int(one.length_ms or size)
        last = max(0, length - size)
        starts = range(0, last + 1, step) if length >= size or pads else ()
        for start in starts:
            yield _slice(client, address, one, (start, start + size), features)


def _slice(client: Client, address: str, one: Remote, span: tuple[int, int], features: Features) -> Window:
    """One window's features; the reason where this one cannot be had."""
    params = {"sliceStart": span[0], "sliceEnd": span[1]}
    shape = (features.frames, features.bands)
    try:
        answer = client.get(f"{address}/{one.id}/slice/run/readonly", params)
        values = np.asarray(answer.get("features"), np.float32).reshape(shape)
    except Failed as error:
        return Window(one.id, *span, None, error.found)
    except Denied:
        raise
    except SourceError as error:
        return Window(one.id, *span, None, error.found)
    except (ValueError, TypeError):
        return Window(one.id, *span, None, f"no features of {shape[0]} × {shape[1]} came for this window")
    return Window(one.id, *span, values)
