"""Left-overs of dead processes go, those of living ones stay, and a full disk is said before it kills."""

import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gradcam_core.base.partial import YOUNG, allocated, partial_folder, sweep

KILLED = """
import os, signal, sys
from pathlib import Path
from gradcam_core.base.partial import partial_folder
with partial_folder(Path(sys.argv[1])) as folder:
    (folder / "half").write_text("x")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def age(folder: Path) -> None:
    old = folder.stat().st_mtime - 2 * YOUNG
    os.utime(folder, (old, old))


def test_a_killed_process_leaves_a_folder_that_the_next_one_removes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    assert sweep(tmp_path) == (), "it may have been made a moment ago"
    age(left)
    with partial_folder(tmp_path) as folder:
        assert [one.name for one in tmp_path.iterdir()] == [folder.name]
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_process_stays(tmp_path: Path) -> None:
    with partial_folder(tmp_path) as folder:
        age(folder)
        assert sweep(tmp_path) == ()
        assert folder.is_dir()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / ".partial-link").symlink_to(tmp_path / "kept", target_is_directory=True)
    age(tmp_path / "kept")
    assert sweep(tmp_path) == ()


def test_a_renamed_folder_is_kept(tmp_path: Path) -> None:
    with partial_folder(tmp_path) as folder:
        (folder / "whole").write_text("x")
        folder.rename(tmp_path / "run")
    assert [one.name for one in tmp_path.iterdir()] == ["run"]


def test_an_allocated_array_is_a_file_of_zeros(tmp_path: Path) -> None:
    array = allocated(tmp_path / "a.npy", (3, 4), "float32")
    array[1] = 2
    array.flush()
    assert np.load(tmp_path / "a.npy").sum() == 8


@pytest.fixture
def little_room() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.usefixtures("little_room")
def test_too_little_room_is_an_error_with_the_files_name(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="File too large"):
        allocated(tmp_path / "a.npy", (2**20,), "float32")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_an_error_and_not_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(OSError, match="No space left") as caught:
        allocated(tmp_path / "a.npy", (8,), "float32")
    assert caught.value.filename == str(tmp_path / "a.npy")
    assert list(tmp_path.iterdir()) == []
