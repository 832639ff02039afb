"""a run and some of its rows -> Scenes (one builder for both users)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.logits import class_logits
from gradcam_core.base.types import Floats, Picture
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.findings.material import Material
from gradcam_core.findings.subset import Subset
from gradcam_core.images import geometry
from gradcam_core.images.regions import cover_mask, fill_outline
from gradcam_core.runs.project import cells_of, input_spec, threshold_of, tolerance_of, turns_of
from gradcam_core.runs.store import Run


def network_cover(run: Run, rows: NDArray[np.intp], fallback: Floats) -> NDArray[np.floating]:
    """(M, H, W) share of each pixel of the network input that the object covers; edits cut along it.

    From the stored outlines, so that thin parts are not lost on the coarse grid that runs keep. Samples
    without an outline keep ``fallback`` (M, h, w).
    """
    if not np.isfinite(fallback).any():
        return fallback
    spec, table = input_spec(run), run.table.iloc[rows]
    sharp = np.full((len(rows), *spec.size), np.nan, np.float16)
    drawn = run.outlines(table["sample_id"].tolist())
    columns = ("sample_id", "region_source", "height", "width")
    parts = zip(*(table[name] for name in columns), turns_of(table), strict=True)
    for place, (name, source, height, width, turn) in enumerate(parts):
        if polygons := drawn.get(name):
            size = (int(height), int(width))
            where = geometry(size, spec.size, spec.resize, turn)
            sharp[place] = cover_mask(fill_outline(polygons, source, size), where, spec.size)
    return np.asarray(sharp)


def scenes(part: Subset, material: Material, pictures: Picture) -> Scenes:
    """The readable samples as the edits see them."""
    run, rows = part.run, np.flatnonzero(material.readable)
    table = material.table.iloc[rows]
    names = material.class_names
    embeddings = material.embeddings[rows]
    outputs, activation = part.array("logits.npy")[rows], str(run.manifest["model"]["activation"])
    cells = cells_of(run, table)
    return Scenes(
        ids=tuple(table["sample_id"].astype(str)),
        pictures=pictures if len(rows) == len(pictures) else np.asarray(pictures)[rows],
        cover=network_cover(run, part.rows[rows], material.cover[rows]),
        region_source=tuple(table["region_source"].astype(str)),
        labels=_indices(table["label"].tolist(), names),
        class_names=names,
        logits=outputs if cells is None else class_logits(outputs, cells, activation),
        activation=activation,
        embeddings=embeddings if np.isfinite(embeddings).all() and embeddings.shape[1] else None,
        units=() if material.units is None else tuple(str(unit) for unit in material.units[rows]),
        cells=cells,
        turns=turns_of(table),
        tolerance=tolerance_of(run),
        threshold=threshold_of(run),
    )


def _indices(labels: Sequence[object], names: Sequence[str]) -> NDArray[np.intp]:
    """(N,) position of each label in the model's order; -1 where it is not a class of the model."""
    position = {name: index for index, name in enumerate(names)}
    return np.array([position.get(str(label), -1) for label in labels], dtype=np.intp)
