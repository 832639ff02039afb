"""Labels that are called otherwise than the classes: matched, said, changed by an option, never dropped."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects import open_project
from gradcam_core.projects.door import open_project as by_the_door
from gradcam_core.projects.folder.label_names import given_names, map_labels
from gradcam_core.projects.overrides import Overrides
from tests.sound_project import fact, labels, make, opened


@pytest.mark.parametrize(
    ("found", "classes", "expected", "why"),
    [
        ("cat dog", "dog cat", "cat dog", ""),
        ("Cat dog", "dog cat", "cat dog", "without case"),
        ("hot_dog", "Hot-Dog cat", "Hot-Dog", "without case"),
        ("cats Foxes puppies", "cat fox puppy", "cat fox puppy", "in the singular"),
        ("cat Dogs", "cats dog", "cats dog", "in the singular"),
        ("0 2", "cat dog owl", "cat owl", "from 0"),
        ("1 3", "cat dog owl", "cat owl", "from 1"),
        ("1 0", "0 1", "1 0", ""),
    ],
)
def test_labels_are_matched(found: str, classes: str, expected: str, why: str) -> None:
    mapped = map_labels(dict.fromkeys(found.split(), 1), classes.split(), {})
    assert mapped.names == dict(zip(found.split(), expected.split(), strict=True))
    assert why in mapped.why and bool(mapped.why) == bool(why)


def test_spellings_that_two_classes_share_match_nothing() -> None:
    with pytest.raises(ProjectError, match="CAT"):
        map_labels({"CAT": 1}, ["cat", "Cat"], {})


def test_what_matches_no_class_is_listed_with_counts_and_can_be_said(tmp_path: Path) -> None:
    make(tmp_path, "Katze/a.jpg", "Katze/b.jpg", "dog/c.jpg")
    (tmp_path / "labels.txt").write_text("cat\ndog\n")
    with pytest.raises(ProjectError) as caught:
        open_project(tmp_path)
    assert caught.value.found == "Katze (2)" and "--label-names" in caught.value.todo
    project = opened(tmp_path, Overrides(label_names=("Katze=cat",)))
    assert labels(project) == {"Katze/a.jpg": "cat", "Katze/b.jpg": "cat", "dog/c.jpg": "dog"}
    assert "Katze = cat" in fact(project, "label names")
    (tmp_path / "project.toml").write_text('[labels]\nKatze = "cat"\n')
    assert labels(open_project(tmp_path)) == labels(project)
    (tmp_path / "project.toml").write_text('label_names = ["Katze=cat"]\n')
    assert labels(open_project(tmp_path)) == labels(project)


def test_what_was_said_wins_over_what_would_match(tmp_path: Path) -> None:
    make(tmp_path, "0/a.jpg", "1/b.jpg")
    (tmp_path / "labels.txt").write_text("cat\ndog\n")
    project = by_the_door(tmp_path, label_names="0=dog, 1=cat").project
    assert labels(project) == {"0/a.jpg": "dog", "1/b.jpg": "cat"}


def test_two_labels_can_be_one_class(tmp_path: Path) -> None:
    make(tmp_path, "cat/a.jpg", "kitten/b.jpg", "dog/c.jpg")
    project = open_project(tmp_path, Overrides(label_names=("kitten=cat",)))
    assert project.class_names == ("cat", "dog")


@pytest.mark.parametrize("pairs", [("a",), ("a=",), ("a=b", "a=c")])
def test_what_is_no_pair_is_refused(pairs: tuple[str, ...]) -> None:
    with pytest.raises(ProjectError, match="LABEL=CLASS"):
        given_names(pairs)


def test_a_name_that_is_no_class_is_refused() -> None:
    with pytest.raises(ProjectError, match="owl"):
        map_labels({"cat": 1}, ["cat"], {"cat": "owl"})
