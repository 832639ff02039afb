"""What a run says of itself, also one that an older version has written."""

from pathlib import Path
from typing import Any

from gradcam_core.base.types import InputSpec
from gradcam_core.runs.store import Run

PROJECT = {"name": "pets", "root": "pictures", "class_names": ["cat", "dog"]}


def run_of(**entries: Any) -> Run:
    return Run(Path("run"), {"run_id": "pets-1", "created": "2026", "project": PROJECT, **entries})


def test_a_run_answers_for_its_manifest() -> None:
    about = {**PROJECT, "task": "regression", "thresholds": {"tolerance": 0.5}}
    given = {"height": 4, "width": 6, "channels": 3, "resize": "fit-long", "scaling": "torch"}
    maps = {"fine": {"grid": [2, 3]}, "classic": {"grid": [1, 1]}}
    model = {"activation": "linear", "output_grid": [5, 7]}
    run = run_of(project=about, input=given, maps=maps, model=model, sort_by="margin")
    assert (run.name, run.root, run.task) == ("pets", Path("pictures"), "regression")
    assert (run.class_names, run.thresholds) == (("cat", "dog"), {"tolerance": 0.5})
    assert (run.activation, run.output_grid) == ("linear", (5, 7))
    as_then = {"intensity": "own-range", "background": "none"}
    assert run.input_spec == InputSpec(4, 6, 3, "fit-long", "area", "torch", **as_then)
    assert (run.map_sets, run.grid("fine"), run.sort_by) == (("classic", "fine"), (2, 3), "margin")


def test_what_an_older_run_does_not_say_has_its_default() -> None:
    run = run_of(model={"activation": "softmax"})
    assert (run.task, run.output_grid, run.features) == ("classification", None, None)
    assert (run.thresholds, run.scores, run.engine) == ({}, {}, "auto")
    assert run.sort_by == "normalized_background_focus"
