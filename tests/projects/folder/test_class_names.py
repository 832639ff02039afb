"""Names of classes, read and compared."""

from pathlib import Path

from tests.sound_project import fact, labels, make, opened


def test_labels_are_matched_loosely_and_said(tmp_path: Path) -> None:
    make(tmp_path, "Non_fractured/a.jpg", "Fractured/b.jpg")
    (tmp_path / "labels.txt").write_text("non-fractured\nfractured\n")
    project = opened(tmp_path)
    assert labels(project)["Non_fractured/a.jpg"] == "non-fractured"
    assert "Non_fractured = non-fractured" in fact(project, "label names")
