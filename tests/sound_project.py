"""What every source owes to the rest of the house; tests of a source call this on its projects."""

from pathlib import Path

from gradcam_core.types import Project


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
