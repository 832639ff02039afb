"""Project folders for tests, and what every source owes to the rest of the house."""

from pathlib import Path

from PIL import Image

from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides


def check_sound(project: Project) -> None:
    """Unique ids, files that exist or have a reason, labels within the classes, facts with a why."""
    ids = [sample.id for sample in project.samples]
    assert ids and len(set(ids)) == len(ids)
    for sample in project.samples:
        assert (project.root / sample.path).is_file() != (sample.id in project.broken)
        assert sample.label is None or sample.label in project.class_names
        assert not Path(sample.path).is_absolute()
    assert len(set(project.class_names)) == len(project.class_names)
    assert set(project.regions) | set(project.broken) | set(project.region_notes) <= set(ids)
    assert all(project.broken.values()) and all(project.region_notes.values())
    assert all(fact.name and fact.value for fact in project.facts)
    assert all(fact.why for fact in project.facts if fact.origin == "guessed")
    names = {fact.name for fact in project.facts}
    assert {"samples", "class order", "labels", "regions", "model", "scaling", "resize"} <= names


def make(root: Path, *paths: str) -> Path:
    """Files below root: pictures by their suffix, a folder for a trailing slash, else a line of text."""
    for text in paths:
        path = root / text
        if text.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in (".jpg", ".png", ".bmp"):
            Image.new("RGB", (6, 4), (len(text), 0, 0)).save(path)
        else:
            path.write_text("x\n")
    return root


def opened(root: Path, overrides: Overrides | None = None) -> Project:
    """The project of this folder, checked."""
    project = open_project(root, overrides)
    check_sound(project)
    return project


def labels(project: Project) -> dict[str, str | None]:
    """Path -> label."""
    return {sample.path: sample.label for sample in project.samples}


def fact(project: Project, name: str) -> str:
    """Everything that the facts of this name say."""
    return " | ".join(f"{f.value} / {f.why} / {f.warning}" for f in project.facts if f.name == name)
