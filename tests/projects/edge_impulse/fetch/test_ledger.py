"""What is here is not fetched again."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

from tests.projects.edge_impulse import toy
from tests.projects.edge_impulse.asking import fetched
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


SCRIPT = (
    "import sys; from gradcam_core.projects import Overrides, open_project; "
    "open_project('edge-impulse', Overrides(host=sys.argv[1]))"
)


def pictures_asked(studio: Studio) -> Counter:
    """Sample id -> how often its picture was asked for."""
    return Counter(found[1] for _, path, _ in studio.asked if (found := re.search(r"/(\d+)/image", path)))


def test_a_second_start_fetches_no_picture_and_no_model(studio: Studio) -> None:
    first = fetched(studio)
    before = Counter(pictures_asked(studio))
    again = fetched(studio)
    assert pictures_asked(studio) == before and studio.count("tflite-h5") == 1
    assert [(one.id, one.path, one.label) for one in again.samples] == [
        (one.id, one.path, one.label) for one in first.samples
    ]


def test_a_file_that_was_cut_changed_or_lost_is_fetched_again(studio: Studio) -> None:
    project = fetched(studio)
    paths = {one.id: project.root / one.path for one in project.samples}
    paths["9001"].write_bytes(b"short")
    data = bytearray(paths["9002"].read_bytes())
    data[-1] ^= 1
    paths["9002"].write_bytes(data)
    paths["9003"].unlink()
    next(one for one in studio.samples if one["id"] == 9004)["sha256Hash"] = "changed on the server"
    studio.asked.clear()
    fetched(studio)
    assert pictures_asked(studio) == Counter(("9001", "9002", "9003", "9004"))
    assert paths["9001"].read_bytes() == toy.picture(1)


def test_a_model_that_was_trained_again_is_fetched_again(studio: Studio) -> None:
    fetched(studio)
    studio.metadata[toy.BLOCK]["created"] = "2026-04-01T00:00:00.000Z"
    fetched(studio)
    assert studio.count("tflite-h5") == 2


def test_killed_during_the_download_only_what_was_under_way_is_fetched_twice(
    studio: Studio, tmp_path: Path
) -> None:
    served, go_on = threading.Semaphore(0), threading.Event()

    def hold(path: str) -> None:
        """Let five pictures through; the next ones wait until the process is gone."""
        if path.endswith("/image"):
            served.release()
            if sum(pictures_asked(studio).values()) > 5:
                go_on.wait(30)

    studio.delay = hold
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, studio.url], env={**os.environ})
    for _ in range(9):
        assert served.acquire(timeout=60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    go_on.set()
    first = set(pictures_asked(studio))
    assert len(list(tmp_path.rglob("*.jpg"))) == 5, "nothing half is called a picture"
    project = fetched(studio)
    twice = {name for name, count in pictures_asked(studio).items() if count > 1}
    assert len(first) == 9 and len(twice) == 4, "those that were under way, of four at once"
    assert len(pictures_asked(studio)) == len(project.samples) == toy.COUNT
    assert studio.count("tflite-h5") == 1, "the model was here"
