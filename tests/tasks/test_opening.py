"""A project's model is opened one way: the task says how its outputs are read."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gradcam_core.base.types import Project
from gradcam_core.tasks import TASKS, open_for


@pytest.mark.parametrize(
    ("task", "names", "classes"),
    [
        ("classification", ("cat", "dog"), 2),
        ("classification", (), None),
        ("regression", ("output",), None),
    ],
)
def test_the_task_says_how_many_classes_the_outputs_stand_for(
    task: str, names: tuple[str, ...], classes: int | None
) -> None:
    asked: dict[str, Any] = {}
    network = SimpleNamespace()

    def opener(**given: Any) -> Any:
        asked.update(given)
        return network

    assert open_for(Project("p", Path(), names, (), None, task=task), opener) is network
    assert asked == {"classes": classes}


def test_the_task_wraps_what_was_opened() -> None:
    assert TASKS["audio"].wrapped is not TASKS["classification"].wrapped
    project = Project("p", Path(), ("a",), (), None, task="audio")
    with pytest.raises(Exception, match=r"features\.json"):
        open_for(project, lambda classes: SimpleNamespace())  # type: ignore[arg-type,return-value]
