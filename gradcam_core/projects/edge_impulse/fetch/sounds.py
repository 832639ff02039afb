"""The windows of the test sounds: features as Edge Impulse made them, and the sound beside them.

A sample that is longer than the impulse's window gives several windows, each a sample of the run, with
the id ``sample@start in milliseconds``.
"""

import re
import wave
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np

from gradcam_core.base.errors import SourceError
from gradcam_core.base.progress import Progress
from gradcam_core.base.types import Fact
from gradcam_core.projects.edge_impulse.api.client import PARALLEL, Client
from gradcam_core.projects.edge_impulse.api.faults import Denied
from gradcam_core.projects.edge_impulse.describe.described import DescribedBlock
from gradcam_core.projects.edge_impulse.describe.spectrogram import described_features
from gradcam_core.projects.edge_impulse.fetch.layout import Arrived
from gradcam_core.projects.edge_impulse.fetch.ledger import DownloadEntry, DownloadLedger
from gradcam_core.projects.edge_impulse.fetch.samples import PICTURES, list_samples
from gradcam_core.projects.edge_impulse.fetch.windows import Window, windows_of
from gradcam_core.projects.edge_impulse.remote import Remote

SOUNDS = "sounds"
LARGEST = 1 << 30


def fetch_sounds(client: Client, described: DescribedBlock, root: Path, progress: Progress) -> Arrived:
    """Fetch features and sounds of the test samples that are not below ``root`` yet.

    Raises:
        SourceError: which call failed and what to do.
        ProjectError: the features have no time and frequency.
    """
    assert described.sound is not None
    listing = list_samples(client, described.project_id, progress, kind="chart")
    path = f"/api/{described.project_id}/dsp/{described.sound.id}/metadata"
    metadata = client.get(path, {"category": "testing"})
    features = described_features(described.sound, metadata, f"GET {path}")
    progress("fetching features", 0, 1)
    found, how = windows_of(client, described, metadata, features, root, listing.samples)
    sounds = _fetch_sounds(client, described.project_id, listing.samples, root, progress)
    counts = Counter(window.sample for window in found)
    named = {one.id: one for one in listing.samples}
    samples, paths, failed = [], dict[str, str](), dict[str, str]()
    for window in (one for one in found if one.sample in named):
        sample = _as_sample(named[window.sample], window, counts[window.sample] > 1)
        samples.append(sample)
        target = root / PICTURES / f"{_plain(sample.id)}.{_plain(sample.name)}.npy"
        paths[sample.id] = target.relative_to(root).as_posix()
        _write(window, target, sounds.get(window.sample), failed, sample.id)
    if not samples:
        raise SourceError(
            "features of the test samples", "none", "generate features of the test data in Studio"
        )
    facts = (
        Fact("features", features.words(), "read", f"{how}, from Edge Impulse"),
        Fact("windows", f"{len(samples):,} of {len(counts):,} samples", "read", "one row per window"),
        Fact(
            "sounds",
            f"{len(sounds):,} of {len(named):,} samples have one",
            "read",
            "played on the Sample page",
        ),
    )
    return Arrived(root, samples, paths, failed, {}, facts, features)


def _as_sample(sample: Remote, window: Window, several: bool) -> Remote:
    metadata = {**sample.metadata, "window_start_ms": str(window.start), "window_end_ms": str(window.end)}
    name = f"{sample.id}@{window.start}" if several else sample.id
    return replace(sample, id=name, boxes=(), size=None, metadata=metadata)


def _write(window: Window, target: Path, sound: Path | None, failed: dict[str, str], name: str) -> None:
    if window.features is None:
        failed[name] = window.reason
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    np.save(target, window.features)
    if sound is not None:
        cut(sound, target.with_suffix(".wav"), window.start, window.end)


def cut(sound: Path, target: Path, start: int, end: int) -> None:
    """Write the part of a wav file between two moments in milliseconds; nothing where it is no wav."""
    try:
        with wave.open(str(sound)) as source:
            rate = source.getframerate()
            source.setpos(min(start * rate // 1000, source.getnframes()))
            data = source.readframes((end - start) * rate // 1000)
            with wave.open(str(target), "wb") as part:
                part.setparams(source.getparams())
                part.writeframes(data)
    except (wave.Error, EOFError):
        target.unlink(missing_ok=True)


def _fetch_sounds(
    client: Client, project_id: int, samples: Sequence[Remote], root: Path, progress: Progress
) -> Mapping[str, Path]:
    """Sample id -> its wav file; samples whose sound cannot be had are left out."""
    (root / SOUNDS).mkdir(exist_ok=True)
    ledger, files = DownloadLedger(root), dict[str, Path]()

    def fetch(one: Remote) -> Path | None:
        target = root / SOUNDS / f"{one.id}.wav"
        if ledger.complete(f"{one.id} wav", one.version) == target:
            return target
        try:
            received = client.download(
                f"/api/{project_id}/raw-data/{one.id}/wav", target, {"axisIx": 0}, LARGEST
            )
        except Denied:
            raise
        except SourceError:
            return None
        where = f"{SOUNDS}/{target.name}"
        ledger.add(DownloadEntry(f"{one.id} wav", one.version, where, received.size, received.sha256))
        return target

    with ThreadPoolExecutor(PARALLEL) as pool:
        for done, (one, file) in enumerate(zip(samples, pool.map(fetch, samples), strict=True), 1):
            if file is not None:
                files[one.id] = file
            progress("fetching sounds", done, len(samples))
    return files


def _plain(name: str) -> str:
    """The part of a name that is safe in a file name."""
    return re.sub(r"[^A-Za-z0-9_@-]+", "_", re.sub(r"\.wav$", "", name, flags=re.IGNORECASE))[:80].strip(
        "_"
    )
