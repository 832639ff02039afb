"""Parts on this machine's disk: whole or not there, one process at a time, and not for ever."""

import errno
import os
from pathlib import Path

import pytest

from gradcam_core.auditing.parts import shelf as module
from gradcam_core.auditing.parts.shelf import DAYS, FOLDER, SUFFIX, Shelf, shelf
from tests.auditing.parts.made import part


def opened(runs: Path, name: str = "one") -> Shelf:
    with shelf(runs, name) as found:
        assert found is not None
        return found


def test_a_part_is_there_for_the_next_one_until_it_is_cleared(tmp_path: Path) -> None:
    opened(tmp_path).write("key", part("a", "b"), "tensorflow")
    again = opened(tmp_path)
    assert again.finished() == {"key"}
    found = again.read("key")
    assert found is not None
    assert list(found[0].columns["sample_id"]) == ["a", "b"]
    assert found[1]["engine"] == "tensorflow"
    with shelf(tmp_path, "one") as last:
        assert last is not None
        last.clear()
        last.write("later", part("a"), "tensorflow")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_damaged_part_is_none_and_goes(share: float, tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.write("key", part("a"), "tensorflow")
    (file,) = tmp_path.rglob(f"*{SUFFIX}")
    file.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    assert kept.read("key") is None
    assert kept.finished() == set()


@pytest.mark.parametrize("place", [0.1, 0.4, 0.7])
def test_a_part_with_changed_bytes_is_damaged(place: float, tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.write("key", part("a", "b"), "tensorflow")
    (file,) = tmp_path.rglob(f"*{SUFFIX}")
    data = bytearray(file.read_bytes())
    start = int(place * len(data))
    data[start : start + 40] = bytes(255 - byte for byte in data[start : start + 40])
    file.write_bytes(data)
    assert kept.read("key") is None


def test_an_audit_that_fails_before_its_first_part_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="bad"), shelf(tmp_path, "one"):
        raise ValueError("bad")
    assert list(tmp_path.iterdir()) == []


def test_two_processes_do_not_share_a_shelf(tmp_path: Path) -> None:
    with shelf(tmp_path, "one") as first, shelf(tmp_path, "one") as second, shelf(tmp_path, "two") as other:
        assert (first is None, second is None, other is None) == (False, True, False)


def test_what_nobody_continues_goes_after_a_while_but_not_while_it_is_used(tmp_path: Path) -> None:
    opened(tmp_path, "old").write("key", part("a"), "tensorflow")
    with shelf(tmp_path, "used"):
        for name in ("old", "used"):
            folder = tmp_path / FOLDER / name
            long_ago = folder.stat().st_mtime - (DAYS + 1) * 24 * 3600
            os.utime(folder, (long_ago, long_ago))
        with shelf(tmp_path, "new"):
            assert {one.name for one in (tmp_path / FOLDER).iterdir()} == {"used", "new"}


def test_a_full_disk_gives_the_parts_up_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    kept = opened(tmp_path)
    kept.write("key", part("a"), "tensorflow")
    monkeypatch.setattr(module, "to_bytes", full)
    kept.write("other", part("b"), "tensorflow")
    assert not kept.open
    assert list(tmp_path.rglob(f"*{SUFFIX}")) == []
