"""Groups of samples: by heatmap (SpRAy-like), by background, and where they lie in the embedding.

Lapuschkin et al. 2019 (Nat. Commun. 10:1096): spectral clustering of heatmaps, the eigengap says how many.
For looking around only; a cluster alone is no evidence.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csgraph
from sklearn.cluster import KMeans, SpectralClustering
from sklearn.metrics import silhouette_score
from sklearn.neighbors import kneighbors_graph
from sklearn.preprocessing import StandardScaler, normalize

from gradcam_core.base.types import Doubles
from gradcam_core.findings import statistics
from gradcam_core.findings.groups.plane import plane
from gradcam_core.findings.material import Material
from gradcam_core.findings.search import grids
from gradcam_core.findings.search.probes import Probes

MOST_CLUSTERS, NEIGHBOURS, MOST, WEAK = 8, 10, 1500, 1e-3


def table(material: Material, probes: Probes, seed: int) -> pd.DataFrame:
    """One row per sample, columns of ``clusters.parquet``; -1 and NaN where there is none."""
    heat, _ = grids.heat(material, material.best_set)
    flat = np.where(grids.usable(heat)[:, None], heat.reshape(len(heat), -1), np.nan)
    x, y = plane(material.embeddings.astype(np.float64), seed)
    map_x, map_y = plane(np.sqrt(flat), seed)
    says = probes.background.says if probes.background else np.full(len(heat), None, dtype=object)
    return pd.DataFrame(
        {
            "sample_id": material.ids,
            "x": x,
            "y": y,
            "map_x": map_x,
            "map_y": map_y,
            "map_cluster": spectral(flat, seed),
            "background_cluster": backgrounds(material, probes.described, seed),
            "background_says": says,
        }
    )


def spectral(flat: Doubles, seed: int) -> NDArray[np.intp]:
    """(N,) cluster of each map on the cosine neighbour graph, -1 where there is none.

    Beyond 1,500 maps the others join the nearest cluster mean.
    """
    found = np.full(len(flat), -1, dtype=np.intp)
    rows = np.flatnonzero(np.isfinite(flat).all(axis=1))
    if len(rows) < 2 * statistics.SMALLEST_SIDE:
        return found
    unit = normalize(flat[rows])
    chosen = np.sort(np.random.default_rng(seed).permutation(len(rows))[:MOST])
    graph = kneighbors_graph(unit[chosen], NEIGHBOURS, mode="connectivity")
    graph = (0.5 * (graph + graph.T)).toarray() + WEAK / len(chosen)  # one connected graph
    count = eigengap(graph)
    model = SpectralClustering(count, affinity="precomputed", random_state=seed, assign_labels="kmeans")
    labels = model.fit_predict(graph)
    means = normalize(np.stack([unit[chosen][labels == one].mean(axis=0) for one in np.unique(labels)]))
    found[rows] = (unit @ means.T).argmax(axis=1)
    return found


def eigengap(graph: Doubles) -> int:
    """Number of clusters (2..8) before the largest gap of the normalised Laplacian's eigenvalues."""
    values = np.linalg.eigvalsh(csgraph.laplacian(graph, normed=True))[: MOST_CLUSTERS + 1]
    return int(np.diff(values)[1:].argmax()) + 2


def backgrounds(material: Material, described: Doubles, seed: int) -> NDArray[np.intp]:
    """(N,) k-means cluster of background colour and texture, k by silhouette; -1 where unreadable.

    ``described`` (N, D): what each background looks like, from the probes.
    """
    found = np.full(len(material.table), -1, dtype=np.intp)
    rows = np.flatnonzero(material.readable)
    if len(rows) < 2 * statistics.SMALLEST_SIDE:
        return found
    values = StandardScaler().fit_transform(described[rows])
    models = [KMeans(k, n_init=3, random_state=seed).fit(values) for k in range(2, MOST_CLUSTERS + 1)]
    sample = min(len(rows), MOST)
    scores = [
        silhouette_score(values, model.labels_, sample_size=sample, random_state=seed) for model in models
    ]
    found[rows] = models[int(np.argmax(scores))].labels_
    return found
