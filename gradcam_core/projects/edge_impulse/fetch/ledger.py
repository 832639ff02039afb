"""Which pictures are here, whole: one line per file, added when it is complete, so that a killed
download goes on where it stopped."""

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from gradcam_core.base.hashing import file_sha256

NAME = ".fetched.jsonl"


@dataclass(frozen=True)
class DownloadEntry:
    """One file that is complete: what it was fetched for, and what it then was."""

    id: str
    version: str
    path: str
    size: int
    sha256: str


class DownloadLedger:
    """The entries of one folder; threads may add to it."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / NAME
        self._lock, self._entries = threading.Lock(), self._read()

    def _read(self) -> dict[str, DownloadEntry]:
        entries: dict[str, DownloadEntry] = {}
        if not self._file.is_file():
            return entries
        for line in self._file.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = DownloadEntry(**json.loads(line))
            except (ValueError, TypeError):
                continue  # the line that was being written when the process ended
            entries[entry.id] = entry
        return entries

    def complete(self, sample_id: str, version: str) -> Path | None:
        """The sample's file where it is here in this version, with the size and hash it came with."""
        entry = self._entries.get(sample_id)
        if entry is None or entry.version != version:
            return None
        path = self._folder / entry.path
        try:
            if path.stat().st_size != entry.size:
                return None
            same = file_sha256(path) == entry.sha256
        except OSError:
            return None
        return path if same else None

    def add(self, entry: DownloadEntry) -> None:
        """Write down that a file is complete."""
        with self._lock:
            self._entries[entry.id] = entry
            with self._file.open("a", encoding="utf-8") as file:
                file.write("\n" + json.dumps(asdict(entry)))
