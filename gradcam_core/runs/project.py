"""What a finished run knows of its project: enough to open and wrap its model, and to feed it pictures."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pandas as pd

from gradcam_core.base import files
from gradcam_core.base.sounds import Features, from_json
from gradcam_core.base.types import Floats, InputSpec, MapSet, Picture, Project, as_tuple
from gradcam_core.images import from_grey, to_input
from gradcam_core.runs.store import Run
from gradcam_core.tasks.object_detection.rows import cell_shares
from gradcam_core.tasks.visual_anomaly.explainer import OUTPUT


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
        learned=files.read(run.path / files.FILE) or {},
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


def input_spec(run: Run) -> InputSpec:
    """How this run turned pictures into network input."""
    known, names = run.manifest["input"], (field.name for field in fields(InputSpec))
    return InputSpec(**{name: known[name] for name in names if name in known})


def tolerance_of(run: Run) -> float | None:
    """The largest error of a number that counts as right; None where the run's answers are no numbers."""
    if str(run.manifest["project"].get("task")) != "regression":
        return None
    return float(run.manifest["project"]["thresholds"]["tolerance"])


def threshold_of(run: Run) -> float | None:
    """The anomaly score from which a picture counts as one; None where the run's answers are no scores."""
    if str(run.manifest["project"].get("task")) != "visual-anomaly":
        return None
    return float(run.manifest["project"]["thresholds"]["anomaly_threshold"])


def cells_of(run: Run, table: pd.DataFrame) -> Floats | None:
    """(M, h, w) shares of the cells that rows of a grid model's run stand for; None for other models."""
    grid = run.manifest["model"].get("output_grid")
    return None if grid is None else cell_shares(table["cells"].tolist(), as_tuple(grid))
