"""What a finished run knows of its project: enough to open and wrap its model again."""

from pathlib import Path

from gradcam_core import learned
from gradcam_core.anomaly.explainer import OUTPUT
from gradcam_core.store import Run
from gradcam_core.types import MapSet, Project, as_tuple


def project_of(run: Run) -> Project:
    """The run's project without samples."""
    about, grid = run.manifest["project"], run.manifest["model"].get("output_grid")
    return Project(
        name=str(about["name"]),
        root=Path(about["root"]),
        class_names=tuple(about["class_names"]),
        samples=(),
        model_path=Path(run.manifest["model"]["path"]),
        task=str(about.get("task", "classification")),
        thresholds=about.get("thresholds", {}),
        output_grid=None if grid is None else as_tuple(grid),
        learned=learned.read(run.path / learned.FILE) or {},
    )


def layer_of(run: Run, name: MapSet) -> str | None:
    """The layer to cut at for a map set; None where there is none or the output itself is the map."""
    maps = run.manifest["maps"]
    layer = maps[name]["layer"] if name in maps else None
    return None if layer == OUTPUT else layer
