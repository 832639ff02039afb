"""Sizes of folders, and caches that stay below their limit."""

import os
import time
from pathlib import Path

import pytest

from gradcam_core.base.disk import LIMIT, discard, limit, size_of, sizes, trim

OLD = time.time() - 90_000


def entry(cache: Path, name: str, size: int, used: float) -> Path:
    file = cache / name / "file"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x" * size)
    os.utime(file, (used, used))
    return file.parent


def test_links_count_as_nothing(tmp_path: Path) -> None:
    entry(tmp_path, "a/b", 100, OLD)
    (tmp_path / "a" / "link").symlink_to(tmp_path / "a" / "b" / "file")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "c").write_bytes(b"123")
    assert sizes(tmp_path) == {"a": 100, "c": 3}
    assert size_of(tmp_path / "none") == 0 and sizes(tmp_path / "none") == {}


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    oldest, newer = entry(tmp_path, "maps/a", 60, OLD), entry(tmp_path, "models/b", 60, OLD + 9)
    fresh = entry(tmp_path, "maps/c", 60, time.time())
    spared = entry(tmp_path, "mirrors/d", 600, OLD - 9)
    assert trim(tmp_path, 180, spared=(spared.parent,)) == ()
    assert trim(tmp_path, 130, spared=(spared.parent,)) == ("maps/a",)
    assert not oldest.exists() and newer.exists()
    assert trim(tmp_path, 0, spared=(spared.parent,)) == ("models/b",)
    assert fresh.exists() and spared.exists(), "what is in use stays, whatever the limit"
    assert sorted(one.name for one in (tmp_path / "maps").iterdir()) == ["c"]


def test_discarding_leaves_nothing(tmp_path: Path) -> None:
    discard(entry(tmp_path, "a", 5, OLD))
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match="No such file"):
        discard(tmp_path / "a")


@pytest.mark.parametrize(
    ("said", "found"), [("", 4000), ("20", 20), ("-1", 4000), ("9" * 99, 4000)], ids=range(4)
)
def test_the_limit_is_in_megabytes(said: str, found: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT, said)
    assert limit() == found * 2**20
