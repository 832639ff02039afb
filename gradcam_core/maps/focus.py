"""Background focus of any maps and masks: arrays in, numbers out."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gradcam_core.base.errors import AuditError
from gradcam_core.maps.grids import averaged
from gradcam_core.maps.scores import SCORES, ScoreInput


def background_focus(maps: ArrayLike, masks: ArrayLike) -> NDArray[np.float64]:
    """(N,) float64, share 0..1 of each map's positive heat that lies outside the object; NaN if undefined.

    It is measured on the map's own grid, as in an audit: a mask becomes the share of each cell that the
    object covers. Undefined is a map without positive heat, and a mask without object.

    Args:
        maps: (N, h, w) or (h, w), raw heat of any unit.
        masks: (N, H, W) or (H, W) of any size, over the same picture as the map: booleans, or shares 0..1.

    Raises:
        AuditError: other shapes, or masks outside 0..1 (divide a mask of 0 and 255 by 255).
    """
    heat, cover = _stack("maps", maps), _stack("masks", masks)
    if len(heat) != len(cover):
        raise AuditError("one mask per map", f"{len(heat)} maps and {len(cover)} masks", "pair them")
    if cover.size and not (cover.min() >= 0 and cover.max() <= 1):
        raise AuditError(
            "masks as booleans or shares 0..1",
            f"values from {cover.min():g} to {cover.max():g}",
            "divide a mask of 0 and 255 by 255",
        )
    grid = averaged(cover, (heat.shape[1], heat.shape[2])).astype(np.float32)
    return SCORES["background_focus"].compute(ScoreInput(heat, grid))


def _stack(name: str, values: ArrayLike) -> NDArray[np.float32]:
    array = np.asarray(values)
    numbers = array.dtype.kind in "fiub"
    if array.ndim not in (2, 3) or not numbers or 0 in array.shape[-2:]:
        raise AuditError(
            f"{name} as numbers of shape (N, height, width)",
            f"shape {array.shape} of {array.dtype}",
            "stack them with numpy.stack",
        )
    return np.asarray(array if array.ndim == 3 else array[None], dtype=np.float32)
