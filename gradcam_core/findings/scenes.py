"""A run and some of its rows -> Scenes (one builder for whole runs and for one sample)."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.logits import class_logits
from gradcam_core.base.types import Floats, Picture
from gradcam_core.edits.engine.scenes import OwnClasses, Scenes
from gradcam_core.findings.material import Material
from gradcam_core.findings.subset import Subset
from gradcam_core.images import geometry
from gradcam_core.images.regions import cover_mask, fill_outline
from gradcam_core.runs.project import cells_of, own_classes_of, threshold_of, tolerance_of, turns_of
from gradcam_core.runs.store import Run


def searched_scenes(subset: Subset, material: Material, pictures: Picture) -> Scenes:
    """The readable samples of a run that is searched, with embeddings and units.

    Args:
        subset, material: of the run.
        pictures: (n, H, W, 3) uint8 at network size, one per row of ``subset``.
    """
    kept = np.flatnonzero(material.readable)
    rows, embeddings = subset.rows[kept], material.embeddings[kept]
    return scenes_of(
        subset.run,
        rows,
        pictures if len(kept) == len(pictures) else np.asarray(pictures)[kept],
        cover=network_cover(subset.run, rows, material.cover[kept]),
        sources=material.table["region_source"].iloc[kept].astype(str).tolist(),
        embeddings=embeddings if np.isfinite(embeddings).all() and embeddings.shape[1] else None,
        units=() if material.units is None else [str(unit) for unit in material.units[kept]],
    )


def scenes_of(
    run: Run,
    rows: NDArray[np.intp],
    pictures: Picture,
    cover: NDArray[np.floating],
    sources: Sequence[str],
    embeddings: Floats | None = None,
    units: Sequence[str] = (),
) -> Scenes:
    """Rows of a run as the edits see them.

    Args:
        run: the run.
        rows: (M,) of its table; all of them could be read.
        pictures: (M, H, W, 3) uint8 at network size.
        cover: (M, h, w) the object's share of each pixel; NaN without a region.
        sources: M of mask, box, drawn, estimated, none.
        embeddings: (M, D) of the pictures; None: no picture is called unusual.
        units: the patient or scene of each; () where every sample stands alone.
    """
    table = run.table.iloc[rows]
    outputs = np.asarray(run.array("logits.npy")[rows], dtype=np.float32)
    cells, own = cells_of(run, table), _own_classes(run, table, outputs)
    return Scenes(
        ids=tuple(table["sample_id"].astype(str)),
        pictures=pictures,
        cover=cover,
        region_source=tuple(sources),
        labels=_indices(table["label"].tolist(), run.class_names),
        class_names=run.class_names,
        logits=_read(outputs, cells, own, run.activation),
        activation=run.activation if own is None else "softmax",
        embeddings=embeddings,
        units=tuple(units),
        cells=cells,
        turns=turns_of(table),
        tolerance=tolerance_of(run),
        threshold=threshold_of(run),
        own_classes=own,
    )


def _own_classes(run: Run, table: pd.DataFrame, outputs: Floats) -> OwnClasses | None:
    found = own_classes_of(run, table)
    if found is None:
        return None
    return OwnClasses(found[0], outputs, found[1], tuple(table["picture"].astype(str)))


def _read(outputs: Floats, cells: Floats | None, own: OwnClasses | None, activation: str) -> Floats:
    """(M, K) what each row says of the classes."""
    if own is not None:
        return own.read(outputs, np.arange(len(outputs)))
    return outputs if cells is None else class_logits(outputs, cells, activation)


def network_cover(run: Run, rows: NDArray[np.intp], fallback: Floats) -> NDArray[np.floating]:
    """(M, H, W) float16, the object's share 0..1 of each pixel of the network input; edits cut along it.

    From the stored outlines, so that thin parts are not lost on the coarse grid that runs keep; NaN
    without an outline. ``fallback`` (M, h, w) as it is where none of these samples has one: there is no
    region, or regions were estimated after the audit.
    """
    spec, table = run.input_spec, run.table.iloc[rows]
    drawn = run.outlines(table["sample_id"].tolist())
    if not any(drawn.values()):
        return fallback
    sharp = np.full((len(rows), *spec.size), np.nan, np.float16)
    columns = ("sample_id", "region_source", "height", "width")
    parts = zip(*(table[name] for name in columns), turns_of(table), strict=True)
    for place, (name, source, height, width, turn) in enumerate(parts):
        if polygons := drawn.get(name):
            size = (int(height), int(width))
            where = geometry(size, spec.size, spec.resize, turn)
            sharp[place] = cover_mask(fill_outline(polygons, source, size), where, spec.size)
    return np.asarray(sharp)


def _indices(labels: Sequence[object], names: Sequence[str]) -> NDArray[np.intp]:
    """(N,) position of each label in the model's order; -1 where it is not a class of the model."""
    position = {name: index for index, name in enumerate(names)}
    return np.array([position.get(str(label), -1) for label in labels], dtype=np.intp)
