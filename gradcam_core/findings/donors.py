"""One sample of a run and enough others to lend it backgrounds and looks: what editing it alone needs.

Reading a whole test set to edit one picture would take minutes; a bounded set, spread over classes and
predictions, takes seconds. Donors therefore differ from those of a whole run.
"""

import os
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from gradcam_core.base.errors import SampleError
from gradcam_core.base.hashing import stable_hash
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Picture
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.findings.loading import estimated_regions
from gradcam_core.findings.scenes import network_cover, scenes_of
from gradcam_core.images import load_batch
from gradcam_core.runs.pictures import root_of
from gradcam_core.runs.store import Run

MOST = 96  # pictures that are read besides the sample itself
CARRIERS = 16  # of them, per suspicion: samples that show it


def scenes_around(
    run: Run, sample_id: str, suspicions: Sequence[Suspicion] = (), seed: int = 0
) -> tuple[Scenes, int]:
    """Scenes of the sample and its donors, and the sample's row in them.

    Raises:
        SampleError: the run has no such sample, or its picture cannot be read (any more).
    """
    table = run.table
    found = np.flatnonzero((table["sample_id"] == sample_id).to_numpy(dtype=bool))
    if not len(found):
        raise SampleError("the id of a sample of this run", sample_id, "choose one of its samples")
    rows = chosen_rows(table, int(found[0]), suspicions, seed)
    root, spec = root_of(run), run.input_spec
    paths = [root / path for path in table["path"].iloc[rows]]
    batch = load_batch(paths, spec, threads=os.cpu_count() or 1, root=root)
    if (reason := batch.reasons[0]) is not None:
        raise SampleError(
            f"the picture {table['path'].iloc[rows[0]]} below {root}", reason, "put it back, or audit again"
        )
    read = np.array([why is None for why in batch.reasons], dtype=bool)
    return _around(run, rows[read], batch.pictures[read]), 0


def chosen_rows(
    table: pd.DataFrame, row: int, suspicions: Sequence[Suspicion], seed: int
) -> NDArray[np.intp]:
    """(M,) ``row``, carriers of each suspicion, then samples in turns over label and prediction."""
    readable = (table["status"] != "unreadable").to_numpy(dtype=bool)
    ids = table["sample_id"].astype(str).to_numpy()
    rows = [int(r) for r in np.flatnonzero(readable)]
    order = sorted(rows, key=lambda r: stable_hash(seed, "donor", ids[r]))
    kept = [row]
    for suspicion in suspicions:
        shows = set(suspicion.boxes or suspicion.samples)
        kept += [r for r in order if ids[r] in shows][:CARRIERS]
    groups = table.groupby(["label", "predicted"], dropna=False, observed=True).ngroup().to_numpy()
    turns = pd.Series(groups[order]).groupby(groups[order]).cumcount().to_numpy()
    kept += [order[place] for place in np.argsort(turns, kind="stable")[:MOST]]
    if "picture" in table:
        kept += _on_the_same(table["picture"].to_numpy(dtype=object), kept)
    return np.asarray(list(dict.fromkeys(kept)), dtype=np.intp)


def _on_the_same(pictures: NDArray[np.object_], rows: Sequence[int]) -> list[int]:
    """Every row of the pictures that ``rows`` are on: an edit spares all objects of a picture."""
    known = set(pictures[list(rows)])
    return [row for row, picture in enumerate(pictures) if picture in known]


def _around(run: Run, rows: NDArray[np.intp], pictures: Picture) -> Scenes:
    """Regions as they are stored, or estimated where the whole run has none."""
    whole = run.array("cover.npy")
    if not np.isfinite(whole).any():
        every = np.ones(len(pictures), dtype=bool)
        return scenes_of(run, rows, pictures, *estimated_regions(pictures, every))
    cover = network_cover(run, rows, np.asarray(whole[rows], dtype=np.float32))
    sources = run.table["region_source"].iloc[rows].astype(str).tolist()
    return scenes_of(run, rows, pictures, cover, sources)
