"""Results of editing one sample, kept on disk per run, sample and seed; may be deleted at any time."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from gradcam_core.base import paths
from gradcam_core.base.files import read_text
from gradcam_core.runs.store import Run
from gradcam_core.runs.suspicions import FOLDER, INDEX
from ui.findings.load import stamp

MOST = 60  # results, some megabytes each
RESULT = "result.json"
KEYS = ("sample_id", "classes", "original", "before", "edits")
OF_EDIT = ("edit", "title", "help", "filler", "arm", "picture", "suspicion", "flipped", "shares", "logits")


def folder(run: Run, sample_id: str, seed: int) -> Path:
    """Where the result belongs; a new search of the run asks for new edits."""
    searched = stamp(run.path / FOLDER / INDEX)
    text = json.dumps([str(run.path), run.id, sample_id, seed, searched])
    return paths.cache_dir() / "edits" / hashlib.sha256(text.encode()).hexdigest()[:24]


def prune(most: int = MOST) -> None:
    """Remove the oldest results beyond ``most``: each holds dozens of pictures."""
    found = sorted((paths.cache_dir() / "edits").glob("*"), key=stamp, reverse=True)
    for old in found[most:]:
        shutil.rmtree(old, ignore_errors=True)


def read(kept: Path) -> dict[str, Any] | None:
    """The result in a folder, None where there is none, or none that can be used."""
    try:
        value: dict[str, Any] = json.loads(read_text(kept / RESULT))
        complete = all(key in value for key in KEYS)
        whole = all(key in edit for edit in value["edits"] for key in OF_EDIT)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return value if complete and whole else None
