"""project.toml round trips."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.overrides import Overrides
from gradcam_core.projects.project_file import read_project_file, write_project_file


def test_round_trip_with_paths_below_and_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.setenv("GRADCAM_ROOTS", str(tmp_path))
    answers = Overrides(
        name='Pets "é" \\ 2',
        model=folder / "net.h5",
        images=tmp_path / "store",
        class_order=("dog", "cat"),
        scaling="bgr-subtract-imagenet-mean",
        channel_order="bgr",
        resize="fit-short",
        resize_method="lanczos3",
        channels=1,
    )
    write_project_file(folder / "project.toml", answers)
    assert 'model = "net.h5"' in (folder / "project.toml").read_text()
    assert read_project_file(folder / "project.toml") == answers


def test_a_path_elsewhere_is_taken_from_people_and_not_from_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "project.toml").write_text('labels = "../secret.txt"\nname = "x"\n')
    with pytest.raises(
        ProjectError, match=r"secret.txt, which leads out of the folder.*on the command line"
    ):
        read_project_file(folder / "project.toml")
    given = Overrides(labels=tmp_path / "secret.txt")
    assert read_project_file(folder / "project.toml", given) == Overrides(name="x")


def test_nothing_answered(tmp_path: Path) -> None:
    write_project_file(tmp_path / "project.toml", Overrides())
    assert read_project_file(tmp_path / "project.toml") == Overrides()


def test_unknown_keys_list_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_text("modell = 'x'\n")
    with pytest.raises(ProjectError, match=r"name, task, model, quantised, images.*found modell"):
        read_project_file(tmp_path / "project.toml")


def test_overrides_win_over_the_file() -> None:
    merged = Overrides(scaling="torch").over(Overrides(scaling="0..1", channels=1))
    assert merged == Overrides(scaling="torch", channels=1)


def test_thresholds_of_single_classes_are_written_and_read_again(tmp_path: Path) -> None:
    given = Overrides(task="multi-label", threshold=0.4, class_thresholds={"No Finding": 0.3, "mass": 1e-3})
    write_project_file(tmp_path / "project.toml", given)
    read = read_project_file(tmp_path / "project.toml")
    assert read.class_thresholds == given.class_thresholds
    assert read.thresholds["threshold of mass"] == 1e-3 and read.thresholds["threshold"] == 0.4
    (tmp_path / "project.toml").write_text('class_thresholds = { mass = "high" }')
    with pytest.raises(ProjectError, match="threshold of mass"):
        read_project_file(tmp_path / "project.toml")
