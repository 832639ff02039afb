"""Stable hashes, and the two halves of a test set: suspicions are found on one, confirmed on the other.

Testing a suspicion on the pictures in which it was noticed inflates every number; the split is by a
hash of the sample id, so it never changes when samples are added or sorted differently. Where samples
belong to patients or scenes the id of those is hashed instead: all samples of one stay in one half.
"""

import hashlib
from pathlib import Path
from typing import Literal

Half = Literal["discover", "confirm"]


def stable_hash(*parts: object) -> int:
    """A 64-bit number out of any parts; the same in every process and on every machine."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits; the file is read in parts.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def half_of(unit: str) -> Half:
    """The half that a sample (or a patient or scene with all its samples) belongs to, for ever."""
    return "confirm" if stable_hash("half", unit) % 2 else "discover"
