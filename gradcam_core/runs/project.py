"""What a finished run knows of its project: enough to open and wrap its model, and to feed it pictures."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from gradcam_core.base import files
from gradcam_core.base.picture_rules import BEFORE
from gradcam_core.base.sounds import Features, from_json
from gradcam_core.base.types import Floats, Geometry, InputSpec, MapSet, Picture, Project, as_tuple
from gradcam_core.images import from_grey, geometry, to_input
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
    """How this run turned pictures into network input; what its manifest does not say is as it was then."""
    names = ("height", "width", "channels", "resize", "resize_method", "scaling")
    about = {"orientation": "upright", "intensity": BEFORE.intensity, "background": BEFORE.background}
    known = {name: run.manifest["input"].get(name, default) for name, default in about.items()}
    return InputSpec(**{name: run.manifest["input"][name] for name in names}, **known)


def turn_of(row: Mapping[str, Any] | pd.Series) -> int:
    """EXIF orientation that makes a row's picture as the network got it the one that people see."""
    return int(row.get("turn", 1))


def turns_of(table: pd.DataFrame) -> tuple[int, ...]:
    """:func:`turn_of` of every row."""
    return tuple(table["turn"].astype(int)) if "turn" in table else (1,) * len(table)


def place_of(run: Run, row: Mapping[str, Any] | pd.Series) -> Geometry:
    """Where the network input of a row of the table lies in its picture."""
    spec, size = input_spec(run), (int(row["height"]), int(row["width"]))
    return geometry(size, spec.size, spec.resize, turn_of(row))


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
