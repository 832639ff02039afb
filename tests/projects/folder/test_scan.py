"""What a folder holds."""

from pathlib import Path

from tests.sound_project import fact, labels, make, opened


def test_clutter_is_ignored_or_said(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg", "dog/Thumbs.db", "dog/notes.md", "dog/.hidden.jpg", "logo.png")
    make(tmp_path, "__MACOSX/cat/a.jpg", ".git/x.jpg", "bird/", "docs/readme.md", "dog/.cache/x.jpg")
    project = opened(tmp_path)
    assert set(labels(project)) == {"cat/a.jpg", "dog/b.jpg"}
    assert project.class_names == ("bird", "cat", "dog")
    assert "bird" in fact(project, "empty class folders")
    assert "1 file is no picture: notes.md" in fact(project, "left out")
    assert "logo.png" in fact(project, "left out")
    assert "docs / folders without pictures" in fact(project, "left out")


def test_a_class_may_be_called_mask(tmp_path: Path) -> None:
    make(tmp_path, "mask/a.jpg", "mask/b.jpg", "no_mask/c.jpg")
    assert opened(tmp_path).class_names == ("mask", "no_mask")
    make(tmp_path, "no_mask/a.png", "no_mask/b.png")
    assert opened(tmp_path).class_names == ("no_mask",)
