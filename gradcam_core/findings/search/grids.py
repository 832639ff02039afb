"""Maps as shares that sum to one, on a grid coarse enough to compare; regions on the same grid."""

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Doubles, MapSet
from gradcam_core.findings.material import Material
from gradcam_core.maps.grids import averaged

FINEST = 16


def shares(maps: NDArray[np.floating]) -> Doubles:
    """(N, h, w) float64, positive heat as shares of each map; NaN rows where there is none."""
    heat = np.clip(maps.astype(np.float64), 0, None)
    total = heat.sum(axis=(1, 2), keepdims=True)
    usable = np.isfinite(total) & (total > 0)
    return np.divide(heat, total, out=np.full_like(heat, np.nan), where=usable)


def heat(material: Material, map_set: MapSet) -> tuple[Doubles, Doubles]:
    """Two (N, h, w) float64: heat of one set as shares (grids above 16 halved), cover on the same grid."""
    maps = np.asarray(material.maps[map_set])
    height, width = maps.shape[1:]
    while max(height, width) > FINEST:
        height, width = (height + 1) // 2, (width + 1) // 2
    found = shares(averaged(maps, (height, width)))
    return found, averaged(material.cover, (height, width))


def usable(values: Doubles) -> NDArray[np.bool_]:
    """(N,) bool, rows without NaN."""
    return np.asarray(np.isfinite(values).all(axis=(1, 2)), dtype=np.bool_)
