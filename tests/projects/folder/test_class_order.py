"""Classes in the order of the outputs."""

import json
from pathlib import Path

import pytest
from PIL import Image

from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import fact, make, opened


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("labels.txt", "dog\ncat\n", ("dog", "cat")),
        ("labels.txt", "0 dog\n1 cat\n", ("dog", "cat")),
        ("classes.txt", "\ufeffdog\r\ncat", ("dog", "cat")),
        ("labels.json", ["dog", "cat", "owl"], ("dog", "cat", "owl")),
        ("labels.json", {"0": "dog", "1": "cat"}, ("dog", "cat")),
        ("class_indices.json", {"cat": 1, "dog": 0}, ("dog", "cat")),
        ("classes.json", {"class_names": ["dog", "cat"]}, ("dog", "cat")),
        ("classes.txt", "1 dog\n2 cat\n", ("dog", "cat")),
        ("data.yaml", "nc: 2\nnames:\n  0: dog\n  1: cat\n", ("dog", "cat")),
        ("data.yaml", "names: ['dog', 'cat']\n", ("dog", "cat")),
    ],
)
def test_class_order_from_a_labels_file(
    tmp_path: Path, name: str, content: object, expected: tuple[str, ...]
) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg")
    (tmp_path / name).write_text(content if isinstance(content, str) else json.dumps(content))
    project = opened(tmp_path)
    assert project.class_names == expected
    assert name in fact(project, "class order")
    moved = (tmp_path / name).rename(tmp_path / f"other_{name}")
    assert opened(tmp_path, Overrides(labels=moved)).class_names == expected


def test_given_class_order_wins(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "dog/b.jpg")
    (tmp_path / "labels.txt").write_text("cat\ndog\n")
    project = opened(tmp_path, Overrides(class_order=("owl", "dog", "cat")))
    assert project.class_names == ("owl", "dog", "cat")


def test_labels_that_are_numbers_are_sorted_as_numbers(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    for number in range(12):
        Image.new("RGB", (4, 4)).save(tmp_path / "images" / f"p{number}.png")
    rows = [f"images/p{number}.png,{number}" for number in range(12)]
    (tmp_path / "truth.csv").write_text("\n".join(["path,label", *rows]))
    project = open_project(tmp_path)
    assert project.class_names == tuple(map(str, range(12)))
    (tmp_path / "truth.csv").write_text("\n".join(["path,label", *rows[:3], *rows[5:]]))
    told = next(one for one in open_project(tmp_path).facts if one.name == "class order")
    assert "no picture has one of the numbers between 0 and 11" in told.warning
