"""What counts as "the object": readers of masks and boxes, one file per format.

``read_regions`` finds out which formats a path holds; ``render``, ``cover`` and ``outline`` turn a
region into pixels, grid shares and polygons.
"""

from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat
from gradcam_core.images.regions.grid import cover, cover_grids, cover_mask
from gradcam_core.images.regions.matching import Matcher
from gradcam_core.images.regions.outline import drawn, fill_outline, outline
from gradcam_core.images.regions.raster import render
from gradcam_core.images.regions.reading import Regions, read_regions

__all__ = [
    "REGIONS",
    "Matcher",
    "Reading",
    "RegionFormat",
    "Regions",
    "cover",
    "cover_grids",
    "cover_mask",
    "drawn",
    "fill_outline",
    "outline",
    "read_regions",
    "render",
]
