"""One process, every fault: see the package."""

import ctypes
import json
import shutil
import sys
from pathlib import Path

from gradcam_core.base.errors import AuditError
from gradcam_core.runs.reviews.database import engine_of
from tests.hostile.faults.works import CARELESS, WORKS, Work

LIBRARY = ctypes.CDLL(sys.argv[2])
LIBRARY.faults_begin.argtypes = (ctypes.c_char_p, ctypes.c_long)
LIBRARY.faults_seen.restype = ctypes.c_long


def disturbed(work: Work, base: Path, number: int) -> tuple[int, str]:
    """(changes, what is wrong afterwards) when change ``number`` fails; negative: and all later."""
    home = base / "home"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    engine_of.cache_clear()
    work.before(home)
    old, problem = work.seen(home), ""
    LIBRARY.faults_begin(str(home).encode(), number)
    try:
        work.do(home)
    except (OSError, AuditError) as error:
        problem = "" if str(error) else "an error without words"
    except Exception as error:  # noqa: BLE001  whatever it is, it is what we look for
        problem = f"{type(error).__name__}: {error}"
    LIBRARY.faults_end()
    engine_of.cache_clear()
    now = work.seen(home)
    left = [one.name for one in home.rglob(".*") if ".partial-" in one.name or len(one.name) > 33]
    if now != old and number and now != new_of(work, base):
        problem += f"; neither old nor new: {now!r}"
    return LIBRARY.faults_seen(), problem + (f"; left: {left}" if left else "")


_new: dict[int, object] = {}


def new_of(work: Work, base: Path) -> object:
    """What is there when nothing fails."""
    if id(work) not in _new:
        home = base / "home"
        shutil.rmtree(home)
        home.mkdir()
        engine_of.cache_clear()
        work.before(home)
        work.do(home)
        _new[id(work)] = work.seen(home)
    return _new[id(work)]


def main(base: Path, every: int) -> None:
    """Print changes and problems of each kind of work as JSON."""
    found, problems = {}, []
    for name, work in WORKS.items():
        found[name], problem = disturbed(work, base, 0)
        for number in [0, *range(1, found[name] + 1, every)]:
            for which in (number, -number):  # alone, and with all that follow
                _, problem = disturbed(work, base, which)
                problems += [f"{name}, change {which}: {problem}"] if problem else []
    _, careless = disturbed(CARELESS, base, 1)
    sys.stdout.write(json.dumps({"changes": found, "problems": problems, "careless": careless}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[3]))
