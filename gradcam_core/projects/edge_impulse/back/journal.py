"""What was changed in Studio, on disk before it is done, so that it can be taken back whatever happens."""

import json
import os
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import read_text
from gradcam_core.projects.edge_impulse.back.changes import Change, from_json

BEGUN, DONE, UNDONE = "begun", "done", "undone"


@dataclass(frozen=True)
class Entry:
    """A change and how far it came: ``begun`` may or may not have reached Studio."""

    number: int
    change: Change
    state: str


class Journal:
    """The changes of one run in one project: a line per step, only ever added to."""

    def __init__(self, host: str, project: int, run: str) -> None:
        self.file = paths.written_back_dir() / f"{_plain(host)}-{project}-{_plain(run)}.jsonl"
        self._whole = 0  # bytes of whole lines
        self._entries = self._read()

    def open(self) -> list[Entry]:
        """The changes that were not taken back, newest first."""
        return [one for one in reversed(self._entries.values()) if one.state != UNDONE]

    def begin(self, change: Change) -> Entry:
        """Write down what is about to be done."""
        entry = Entry(len(self._entries) + 1, change, BEGUN)
        self._add(entry, change.to_json())
        return entry

    def set(self, entry: Entry, state: str) -> None:
        """Write down how far a change came."""
        self._add(Entry(entry.number, entry.change, state), None)

    def _add(self, entry: Entry, change: dict[str, Any] | None) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        said = {"number": entry.number, "state": entry.state, "time": datetime.now(UTC).isoformat()}
        with self.file.open("ab") as opened:
            opened.truncate(self._whole)  # half a line is of a process that ended before it sent anything
            opened.write(
                (json.dumps(said if change is None else {**said, "change": change}) + "\n").encode()
            )
            opened.flush()
            os.fsync(opened.fileno())
            self._whole = opened.tell()
        self._entries[entry.number] = entry

    def _read(self) -> dict[int, Entry]:
        found: dict[int, Entry] = {}
        text = read_text(self.file) if self.file.exists() else ""
        whole = text[: text.rfind("\n") + 1]
        self._whole = len(whole.encode())
        for position, line in enumerate(whole.splitlines(), 1):
            try:
                said = json.loads(line)
                number = int(said["number"])
                change = from_json(said["change"]) if "change" in said else found[number].change
                found[number] = Entry(number, change, str(said["state"]))
            except (ValueError, LookupError, TypeError):
                wanted = f"a line of the journal {self.file}"
                raise AuditError(wanted, f"line {position} is none", "repair or remove that line") from None
        return found


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip(".")
