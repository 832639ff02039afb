"""The built-in demos: drawn on first use, then opened like any other folder."""

from dataclasses import replace
from typing import Any

from gradcam_core.base.progress import Progress, silent
from gradcam_core.base.types import Fact, Project
from gradcam_core.projects import SOURCES, Source
from gradcam_core.projects.demos.catalogue import DEMOS, find_demo
from gradcam_core.projects.demos.drawing import draw_project, read_truth
from gradcam_core.projects.folder import open_spec
from gradcam_core.projects.overrides import Overrides


def open_demo(name: str, overrides: Overrides, progress: Progress = silent) -> Project:
    """Open the demo called ``name``.

    Raises:
        ProjectError: no such demo; the message lists them.
    """
    demo = find_demo(name)
    project = open_spec(str(draw_project(demo)), overrides, progress)
    planted = Fact("planted", demo.cue, "read", _measured(read_truth(demo)))
    return replace(project, facts=(planted, *project.facts))


def _measured(truth: dict[str, Any]) -> str:
    reliance = truth["reliance"]
    low, high = reliance["interval"]
    if "per unit" in truth:
        each = truth["per unit"]
        return (
            f"the output moves by {each['cue']['value']:.2f} per unit of this and by "
            f"{each['label']['value']:.2f} per unit of what it shall say ({reliance['n']} hidden scenes)"
        )
    return (
        f"flipping only this changes {reliance['share']:.0%} of the predictions "
        f"({reliance['count']} of {reliance['n']} hidden scenes, {low:.2f} to {high:.2f})"
    )


SOURCES.add("demo", Source("A built-in demo", " or ".join(f"demo:{name}" for name in DEMOS), open_demo))
