"""What a finished run knows of its project: enough to open and wrap its model, and to feed it pictures."""

from collections.abc import Callable
from pathlib import Path

from gradcam_core import learned
from gradcam_core.anomaly.explainer import OUTPUT
from gradcam_core.features import Features, from_json
from gradcam_core.gather import input_spec
from gradcam_core.images import from_grey, to_input
from gradcam_core.store import Run
from gradcam_core.types import Floats, MapSet, Picture, Project, as_tuple


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
        features=features_of_run(run),
        learned=learned.read(run.path / learned.FILE) or {},
    )


def features_of_run(run: Run) -> Features | None:
    """What the features of a run on sounds mean."""
    about = run.manifest["project"].get("features")
    return None if about is None else from_json(about, f"the manifest of {run.id}")


def network_inputs(run: Run) -> Callable[[Picture], Floats]:
    """Pictures (N, H, W, 3) uint8 at the network's size -> network inputs (N, H, W, C).

    The grey picture of a sound is its features on 256 levels.
    """
    spec, features = input_spec(run), features_of_run(run)
    if features is not None:
        return lambda pictures: from_grey(pictures, features)
    return lambda pictures: to_input(pictures, spec)


def layer_of(run: Run, name: MapSet) -> str | None:
    """The layer to cut at for a map set; None where there is none or the output itself is the map."""
    maps = run.manifest["maps"]
    layer = maps[name]["layer"] if name in maps else None
    return None if layer == OUTPUT else layer
