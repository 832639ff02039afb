"""Samples and their names."""

from pathlib import Path

from tests.sound_project import make, opened


def test_ids_are_paths_without_suffix_where_unique(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "cat/a.png", "cat/b.v2.jpg", "dog/a.jpg")
    ids = [sample.id for sample in opened(tmp_path).samples]
    assert ids == ["cat/a.jpg", "cat/a.png", "cat/b.v2", "dog/a"]
