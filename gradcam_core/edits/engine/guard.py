"""The guard against pictures unlike any real one: their predictions say little about the model.

How far an edited picture lies from real ones is the distance of its embedding to the nearest real picture
(its own original left out), in units of the distance that 99 % of the real pictures keep from each other.
An edit is unusual when it lies beyond that and beyond 99 % of its control edits: the hole, seam or crop
that both arms carry moves both away from real pictures and is subtracted with the control, so it is no
reason to leave a pair out.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.random_projection import SparseRandomProjection

from gradcam_core.base.types import Doubles, Floats, Picture
from gradcam_core.edits.engine.scenes import Embed, Rows, Scenes

ENOUGH = 20  # real pictures, or control edits, below which nothing is called unusual by them
MOST = 2000  # real pictures compared with
WIDEST = 4096  # numbers per embedding; wider ones are projected, which keeps distances within some percent
USUAL = 0.99


class Guard:
    """Measures distances from real pictures; with too few of them, or no embeddings, all are 0."""

    def __init__(self, scenes: Scenes, embed: Embed | None) -> None:
        known, self._pictured = scenes.embeddings, scenes.pictured
        self._embed = embed if known is not None and len(scenes.ids) >= ENOUGH else None
        if self._embed is None or known is None:
            return
        self._rows = np.linspace(0, len(known) - 1, min(MOST, len(known))).astype(np.intp)
        real = np.asarray(known[self._rows], dtype=np.float32)
        self._projection = None
        if real.shape[1] > WIDEST:
            self._projection = SparseRandomProjection(WIDEST // 4, dense_output=True, random_state=0)
            self._projection.fit(real[:1])
        self._centre = real.mean(axis=0)
        self._known = self._placed(real)
        self._limit = max(float(np.quantile(self._nearest(real, self._rows), USUAL)), 1e-12)

    def distances(self, pictures: Picture, rows: Rows) -> Doubles:
        """(M,) float64 of pictures, edits of samples ``rows``; above 1: beyond 99 % of real ones."""
        if self._embed is None:
            return np.zeros(len(pictures))
        return self._nearest(np.asarray(self._embed(pictures), dtype=np.float32), rows) / self._limit

    def _placed(self, embeddings: Floats) -> Floats:
        """Centred, so that float32 is exact enough for small differences, and projected where wide."""
        centred = embeddings - self._centre
        return centred if self._projection is None else np.asarray(self._projection.transform(centred))

    def _nearest(self, embeddings: Floats, rows: Rows) -> Doubles:
        """(M,) Euclidean distance to the nearest real picture other than ``rows``."""
        placed = self._placed(embeddings)
        squares = [np.einsum("nd,nd->n", part, part) for part in (placed, self._known)]
        between = squares[0][:, None] + squares[1][None] - 2 * placed @ self._known.T
        between[self._pictured[rows][:, None] == self._pictured[self._rows][None]] = np.inf
        return np.sqrt(np.maximum(between.min(axis=1), 0)).astype(np.float64)


def unusual(distances: Doubles, table: pd.DataFrame) -> NDArray[np.bool_]:
    """(M,) bool, where an edited picture lies beyond 99 % of the real pictures and of its control edits.

    Args:
        distances: (M,) as :meth:`Guard.distances` gives them.
        table: M rows with the columns edit, suspicion, filler and arm.
    """
    control = pd.Series(distances, index=table.index).where(table["arm"] == "control")
    by_kind = control.groupby([table[name] for name in ("edit", "suspicion", "filler")])
    usual = by_kind.transform(lambda part: part.quantile(USUAL))
    limit = np.maximum(1.0, usual.where(by_kind.transform("count") >= ENOUGH, 1.0).to_numpy(np.float64))
    return np.asarray(distances > limit)
