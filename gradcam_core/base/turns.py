"""Whose turn it is: jobs that run one after the other, told by locks that die with their process.

Standard library only: the process that watches a job waits here and costs little beside its command.
"""

import fcntl
import os
import time
from pathlib import Path

BEGUN, LOCK = "begun", "lock"
PLACES = "GRADCAM_JOBS"  # how many take their turn at once, 1 unless it is set
PAUSE = 0.5  # seconds between two looks


def ahead(folder: Path) -> list[Path]:
    """Folders of the jobs that take turns, came before this one and have not ended. Names sort by time."""
    earlier = (lock.parent for lock in folder.parent.glob(f"*/{LOCK}") if lock.parent.name < folder.name)
    return sorted(one for one in earlier if is_held(one / LOCK))


def await_turn(folder: Path) -> None:
    """Return when fewer jobs are ahead than may run at once; at once for a job that takes no turns."""
    if not (folder / LOCK).exists():
        return
    while len(ahead(folder)) >= places():
        time.sleep(PAUSE)
    (folder / BEGUN).touch()


def places() -> int:
    """How many jobs may run at once."""
    said = os.environ.get(PLACES, "").strip()
    return max(1, int(said)) if said.isascii() and said.isdecimal() and len(said) < 4 else 1


def is_held(lock: Path) -> bool:
    """Whether the process that was given this lock still lives; on a disk without locks nobody waits."""
    try:
        with lock.open("r+") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
