"""Test samples page by page, and their pictures, a few at a time; what is here is not fetched again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress
from gradcam_core.projects.edge_impulse.api.client import PARALLEL, Client, Value
from gradcam_core.projects.edge_impulse.api.faults import Denied
from gradcam_core.projects.edge_impulse.api.fields import Document, text, whole
from gradcam_core.projects.edge_impulse.fetch.ledger import DownloadEntry, DownloadLedger
from gradcam_core.projects.edge_impulse.fetch.pages import every_sample
from gradcam_core.projects.edge_impulse.remote import Remote, boxes_of, label_of, texts

QUERY: dict[str, Value] = {"category": "testing", "sortBy": "id-desc", "excludeSensors": True}
LARGEST = 1 << 29
PICTURES = "testing"
_STARTS = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"GIF8", ".gif"),
    (b"BM", ".bmp"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
)
_SKIPPED = {
    "isDisabled": "disabled",
    "isProcessing": "still being processed",
    "processingError": "with a processing error",
}


@dataclass
class Listing:
    """The usable test samples, and how many were left out for which reason."""

    samples: list[Remote] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Pictures:
    """Sample id -> file, or the reason why there is none; ``fetched`` files came over the network now."""

    files: Mapping[str, Path]
    failed: Mapping[str, str]
    fetched: int


def list_samples(client: Client, project_id: int, progress: Progress, kind: str = "image") -> Listing:
    """Every test sample, newest first as the API sorts them, each once even if pages shift meanwhile.

    Args:
        client: with the key.
        project_id: of the project.
        progress: told stage, done, total.
        kind: ``chartType`` of the samples that count: "image", or "chart" for sounds.

    Raises:
        SourceError: there are none.
    """
    listing = Listing()
    for number, one in every_sample(client, project_id, QUERY, progress):
        _sort(one, number, listing, kind)
    if not listing.samples:
        skipped = ", ".join(f"{count} {why}" for why, count in listing.left_out.items())
        raise SourceError(
            "test samples in the project",
            skipped or "none",
            "add some in Studio > Data acquisition > Test data, or move a part of the training data there",
        )
    return listing


def _sort(one: Document, number: int, listing: Listing, kind: str) -> None:
    """Keep a sample, or count why not."""
    reason = next((why for name, why in _SKIPPED.items() if one.get(name) is True), None)
    if reason is None and text(one, "chartType") not in (None, kind):
        reason = f"of kind {text(one, 'chartType')}, not {'pictures' if kind == 'image' else 'sounds'}"
    if reason:
        listing.left_out[reason] += 1
        return
    boxes, size = boxes_of(one), one.get("imageDimensions")
    by_boxes = text(one, "projectLabelingMethod") == "object_detection"
    height = whole(size, "height") if isinstance(size, dict) else None
    width = whole(size, "width") if isinstance(size, dict) else None
    listing.samples.append(
        Remote(
            str(number),
            text(one, "filename") or str(number),
            label_of(text(one, "label"), boxes, by_boxes),
            boxes,
            texts(one.get("metadata")),
            text(one, "sha256Hash") or text(one, "lastModified") or "",
            (height, width) if height and width else None,
            float(one["totalLengthMs"]) if isinstance(one.get("totalLengthMs"), int | float) else None,
        )
    )


def fetch_pictures(
    client: Client, project_id: int, samples: Sequence[Remote], folder: Path, progress: Progress
) -> Pictures:
    """Fetch what is not here yet into ``folder/testing``.

    Raises:
        SourceError: the key is refused, or not one picture can be had.
    """
    (folder / PICTURES).mkdir(parents=True, exist_ok=True)
    ledger = DownloadLedger(folder)
    here = {one.id: ledger.complete(one.id, one.version) for one in samples}
    files = {name: path for name, path in here.items() if path is not None}
    missing = [one for one in samples if one.id not in files]
    failed: dict[str, str] = {}
    stage, done = "fetching pictures", len(files)
    progress(stage, done, len(samples))
    with ThreadPoolExecutor(PARALLEL) as pool:
        tasks = [pool.submit(_fetch, client, project_id, one, folder, ledger) for one in missing]
        try:
            for one, task in zip(missing, tasks, strict=True):
                found = task.result()
                if isinstance(found, Path):
                    files[one.id] = found
                else:
                    failed[one.id] = str(found)
                done += 1
                progress(stage, done, len(samples))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if not files:
        raise SourceError("pictures of the test samples", next(iter(failed.values())), "start again")
    return Pictures(files, failed, len(missing) - len(failed))


def _fetch(
    client: Client, project_id: int, one: Remote, folder: Path, ledger: DownloadLedger
) -> Path | SourceError:
    """The sample's picture as a file; the error where this one sample cannot be had."""
    path = f"/api/{project_id}/raw-data/{one.id}/image"
    plain = folder / PICTURES / f"{one.id}.{_plain(one.name)}"
    try:
        received = client.download(path, plain, limit=LARGEST)
    except Denied:
        raise
    except SourceError as error:
        return error
    ending = _ending(plain)
    if not ending:
        plain.unlink()
        return SourceError(f"a picture in answer to GET {path}", "another kind of file")
    target = plain.with_name(plain.name + ending)
    plain.replace(target)
    where = target.relative_to(folder).as_posix()
    ledger.add(DownloadEntry(one.id, one.version, where, received.size, received.sha256))
    return target


def _plain(name: str) -> str:
    """The part of a sample's name that is safe in a file name, without its ending."""
    stem = re.sub(r"\.(jpe?g|png|bmp|gif|webp|tiff?)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"[^A-Za-z0-9_-]+", "_", stem)[:80].strip("_") or "sample"


def _ending(file: Path) -> str:
    """The suffix that the content deserves; "" where it is no picture."""
    with file.open("rb") as opened:
        head = opened.read(12)
    if head[:4] == b"RIFF" and head[8:] == b"WEBP":
        return ".webp"
    return next((suffix for start, suffix in _STARTS if head.startswith(start)), "")
