"""The ``Project`` that a run was made from, without samples, and what its model is fed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from gradcam_core.base.files import read_arrays
from gradcam_core.base.types import Floats, Geometry, MapSet, Picture, Project
from gradcam_core.images import from_grey, geometry, to_input, turned_edges
from gradcam_core.runs.manifest import LEARNED
from gradcam_core.runs.pictures import model_file, root_of
from gradcam_core.runs.store import Run
from gradcam_core.tasks.object_detection.rows import cell_shares
from gradcam_core.tasks.visual_anomaly.explainer import OUTPUT

WHOLE = (0.0, 0.0, 1.0, 1.0)


def project_of(run: Run) -> Project:
    """The project that the run was made from, without samples."""
    return Project(
        name=run.name,
        root=root_of(run),
        class_names=run.class_names,
        samples=(),
        model_path=model_file(run),
        task=run.task,
        thresholds=run.thresholds,
        output_grid=run.output_grid,
        features=run.features,
        learned=read_arrays(run.path / LEARNED) or {},
    )


def network_inputs(run: Run) -> Callable[[Picture], Floats]:
    """Pictures (N, H, W, 3) uint8 at the network's size -> network inputs (N, H, W, C).

    The grey picture of a sound is its features on 256 levels.
    """
    spec, features = run.input_spec, run.features
    if features is not None:
        return lambda pictures: from_grey(pictures, features)
    return lambda pictures: to_input(pictures, spec)


def layer_of(run: Run, name: MapSet) -> str | None:
    """The layer to cut at for a map set; None where there is none or the output itself is the map."""
    layer = run.map_facts[name]["layer"] if name in run.map_facts else None
    return None if layer == OUTPUT else layer


def turn_of(row: Mapping[str, Any] | pd.Series) -> int:
    """EXIF orientation that makes a row's picture as the network got it the one that people see."""
    return int(row.get("turn", 1))


def turns_of(table: pd.DataFrame) -> tuple[int, ...]:
    """:func:`turn_of` of every row."""
    return tuple(table["turn"].astype(int)) if "turn" in table else (1,) * len(table)


def place_of(run: Run, row: Mapping[str, Any] | pd.Series) -> Geometry:
    """Where the network input of a row of the table lies in its picture."""
    spec, size = run.input_spec, (int(row["height"]), int(row["width"]))
    return geometry(size, spec.size, spec.resize, turn_of(row))


def rectangles(run: Run, row: Mapping[str, Any] | pd.Series) -> tuple[list[float], list[float]]:
    """(seen, content): shares of the original that the model saw, and of its input that hold picture.

    Both turned as people see the picture.
    """
    if not row["height"]:
        return list(WHOLE), list(WHOLE)
    place = place_of(run, row)
    return _shares(place.seen, place.original, place.turn), _shares(place.content, place.target, place.turn)


def _shares(box: Sequence[float], size: tuple[int, int], turn: int) -> list[float]:
    top, left, bottom, right = (float(end) / size[axis % 2] for axis, end in enumerate(box))
    return list(turned_edges((top, left, bottom, right), (1, 1), turn))


def tolerance_of(run: Run) -> float | None:
    """The largest error of a number that counts as right; None where the run's answers are no numbers."""
    return float(run.thresholds["tolerance"]) if run.task == "regression" else None


def threshold_of(run: Run) -> float | None:
    """The anomaly score from which a picture counts as one; None where the run's answers are no scores."""
    return float(run.thresholds["anomaly_threshold"]) if run.task == "visual-anomaly" else None


def cells_of(run: Run, table: pd.DataFrame) -> Floats | None:
    """(M, h, w) shares of the cells that rows of a grid model's run stand for; None for other models."""
    return None if run.output_grid is None else cell_shares(table["cells"].tolist(), run.output_grid)
