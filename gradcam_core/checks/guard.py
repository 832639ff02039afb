"""The guard against pictures unlike any real one: their predictions say little about the model.

An edited picture is unusual when its nearest real picture (in embedding, its own original left out) is
further away than the nearest neighbours of 99 % of the real pictures are from them.
"""

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from gradcam_core.checks.scenes import Embed, Rows, Scenes
from gradcam_core.types import Floats, Picture

ENOUGH = 20
MOST = 4000


class Guard:
    """Tells unusual pictures; with too few real ones, or without embeddings, none is unusual."""

    def __init__(self, scenes: Scenes, embed: Embed | None) -> None:
        self._embed = embed if scenes.embeddings is not None and len(scenes.ids) >= ENOUGH else None
        if self._embed is None or scenes.embeddings is None:
            return
        self._known = np.linspace(0, len(scenes.ids) - 1, min(MOST, len(scenes.ids))).astype(np.intp)
        self._neighbours = NearestNeighbors(n_neighbors=2).fit(scenes.embeddings[self._known])
        real = self._distance(scenes.embeddings[self._known], self._known)
        self.limit = float(np.quantile(real, 0.99))

    def _distance(self, embeddings: Floats, rows: Rows) -> NDArray[np.float64]:
        """(M,) to the nearest real picture other than ``rows``."""
        distance, index = self._neighbours.kneighbors(embeddings)
        own = self._known[index[:, 0]] == rows
        return np.where(own, distance[:, 1], distance[:, 0])

    def unusual(self, pictures: Picture, rows: Rows) -> NDArray[np.bool_]:
        """(M,) True where the picture, an edit of sample ``rows``, is unlike the real ones."""
        if self._embed is None:
            return np.zeros(len(pictures), dtype=bool)
        return self._distance(self._embed(pictures), rows) > self.limit
