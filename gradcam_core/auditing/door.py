"""What ``import gradcam_core`` offers of audits: a project becomes a run."""

from pathlib import Path
from typing import TypedDict, Unpack

from gradcam_core.auditing import pipeline
from gradcam_core.base import paths
from gradcam_core.base.progress import Progress, listening
from gradcam_core.base.types import Explain, Project
from gradcam_core.projects.door import ProjectView, open_project
from gradcam_core.runs.door import RunView, open_run
from gradcam_core.tasks.options import AuditOptions, Maps, Pooling


class OptionArguments(TypedDict, total=False):
    """The fields of ``AuditOptions`` as keywords."""

    method: str
    fine_method: str
    layer: str | None
    fine_layer: str | None
    explain: Explain
    maps: Maps
    pooling: Pooling
    engine: str
    batch_size: int
    trust_code: bool
    output: str | None
    size: tuple[int, int] | None


def audit(
    project: ProjectView | Project | str | Path,
    progress: Progress | bool = False,
    *,
    runs: str | Path | None = None,
    **options: Unpack[OptionArguments],
) -> RunView:
    """Predictions, maps and scores of every sample, written as a run.

    Args:
        project: from :func:`open_project`, or what that takes as its path.
        progress: True draws bars on standard error; a function is called with (stage, done, total).
        runs: folder that gets the run folder; default ``runs`` in ``GRADCAM_HOME`` or in the current one.
        **options: ``method``, ``fine_method``: CAM methods of the classic and the fine maps. ``layer``,
            ``fine_layer``: names of layers instead of the model's defaults. ``explain``: "predicted",
            "true" or a class name. ``maps``: "classic", "fine" or "both". ``pooling``: of gradients, "mean"
            or "sum_abs". ``engine``: "auto", "tensorflow", "openvino" or "openvino-bf16". ``batch_size``:
            pictures per pass. ``trust_code``: load a model file that holds code.
            ``output``: of a model with several, the one to explain. ``size``: (height, width) of a model
            that leaves it open.

    Raises:
        AuditError: nothing could be audited; single unreadable samples are rows with a status.
    """
    chosen = AuditOptions(**options)
    with listening(progress) as report:
        opened = open_project(project, progress=report) if isinstance(project, str | Path) else project
        inside = opened.project if isinstance(opened, ProjectView) else opened
        where = paths.runs_dir() if runs is None else Path(runs)
        return open_run(pipeline.audit(inside, chosen, where, report).path)
