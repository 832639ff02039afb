"""Many numbers per sample -> two, so that samples that are alike lie near each other.

t-SNE (van der Maaten and Hinton, JMLR 2008) keeps neighbours together, which two principal components of
hundreds often don't. It is for looking and selecting: distances between groups mean nothing.
"""

import numpy as np
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from gradcam_core.base.types import Doubles

FEWEST, MOST = 30, 2000  # samples that t-SNE is made of; more take minutes
COMPONENTS, PERPLEXITY, STEPS = 30, 30, 500


def plane(values: Doubles, seed: int) -> tuple[Doubles, Doubles]:
    """Two (N,) float64: t-SNE of the first 30 principal components of (N, D); NaN for undefined rows.

    The first two principal components alone where there are too few or too many samples for t-SNE.
    """
    found = np.full((2, len(values)), np.nan)
    rows = np.flatnonzero(np.isfinite(values).all(axis=1))
    if len(rows) >= 3 and values.shape[1] >= 2:
        found[:, rows] = _placed(StandardScaler().fit_transform(values[rows]), seed).T
    return found[0], found[1]


def _placed(scaled: Doubles, seed: int) -> Doubles:
    parts = PCA(min(COMPONENTS, *scaled.shape), random_state=seed).fit_transform(scaled)
    if not FEWEST <= len(scaled) <= MOST or np.ptp(parts, axis=0).max() < 1e-9:
        return np.asarray(parts[:, :2])
    perplexity = min(PERPLEXITY, (len(scaled) - 1) / 3)
    model = TSNE(2, perplexity=perplexity, init="pca", max_iter=STEPS, random_state=seed)
    with threadpool_limits(1):  # its threads wait for each other: ten times slower on a busy machine
        return np.asarray(model.fit_transform(parts), dtype=np.float64)
