"""Heatmaps for the eye: normalise, colour, blend. Arrays in, arrays out; scores never use this."""

from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.errors import AuditError
from gradcam_core.base.types import Floats, Picture

Normalization = Literal["image", "percentile", "shared"]
ColorMap = Literal["inferno", "magma", "viridis", "cividis", "turbo", "jet"]
_TABLES = {
    "inferno": cv2.COLORMAP_INFERNO,
    "magma": cv2.COLORMAP_MAGMA,
    "viridis": cv2.COLORMAP_VIRIDIS,
    "cividis": cv2.COLORMAP_CIVIDIS,
    "turbo": cv2.COLORMAP_TURBO,
    "jet": cv2.COLORMAP_JET,
}


def normalise(heat: Floats, how: Normalization = "image", top: float | None = None) -> Floats:
    """(..., h, w) float32 in 0..1 of raw heat >= 0, for display; NaN stays NaN, an empty map stays 0.

    Args:
        heat: one map or a stack of maps.
        how: "image" divides each map by its maximum; "percentile" by its 99th percentile (clipped);
            "shared" by ``top`` or, without it, by the largest value of the stack.
        top: the value that becomes 1 with "shared".
    """
    if how == "shared":
        scale = np.asarray(np.fmax.reduce(heat, axis=None) if top is None else top, np.float32)
    elif how == "percentile":
        scale = _percentile(heat, 99)
    else:
        scale = np.fmax.reduce(heat, axis=(-2, -1), keepdims=True)
    scale = np.broadcast_to(scale, heat.shape)
    shown = np.divide(heat, scale, out=np.where(np.isnan(heat), heat, np.float32(0)), where=scale > 0)
    return np.clip(shown, 0, 1).astype(np.float32)


def _percentile(heat: Floats, percent: float) -> Floats:
    """(..., 1, 1) percentile of each map, NaN for a map that is NaN all over."""
    seen = np.isfinite(heat).any(axis=(-2, -1), keepdims=True)
    values = np.nanpercentile(np.where(seen, heat, 0), percent, axis=(-2, -1), keepdims=True)
    return np.where(seen, values, np.nan).astype(np.float32)


def color_table(name: ColorMap) -> NDArray[np.uint8]:
    """(256, 3) uint8 RGB; all but turbo and jet are perceptually uniform."""
    if name not in _TABLES:
        raise AuditError(f"a colour map out of: {', '.join(get_args(ColorMap))}", repr(name))
    ramp = np.arange(256, dtype=np.uint8)[:, None]
    return np.ascontiguousarray(cv2.applyColorMap(ramp, _TABLES[name])[:, 0, ::-1])


def colorize(shown: Floats, name: ColorMap = "inferno") -> Picture:
    """(H, W, 3) uint8 RGB of (H, W) in 0..1; NaN is black."""
    index = np.rint(np.nan_to_num(shown) * 255).astype(np.uint8)
    colored: Picture = color_table(name)[index]
    colored[np.isnan(shown)] = 0
    return colored


FADE = 1.6  # a map is as opaque as asked from 1 / 1.6 of the brightest value on


def blend(
    picture: Picture,
    shown: Floats,
    alpha: float = 0.45,
    name: ColorMap = "inferno",
    fade: bool = False,
) -> Picture:
    """(H, W, 3) uint8, the picture under the coloured map (H, W), ``alpha`` 0 picture only .. 1 map only.

    With ``fade`` cold places stay clear, so that the picture can be read. Where the map is NaN (not seen
    by the model) the picture shows through, darkened by half.
    """
    if not 0 <= alpha <= 1:
        raise AuditError("an opacity from 0 to 1", str(alpha))
    if picture.shape[:2] != shown.shape:
        raise ValueError(f"blend: expected one size, got {picture.shape[:2]} and {shown.shape}")
    strength = alpha * (np.clip(FADE * shown, 0, 1)[..., None] if fade else 1.0)
    mixed = (1 - strength) * picture + strength * colorize(shown, name)
    mixed[np.isnan(shown)] = picture[np.isnan(shown)] * 0.5
    return np.rint(mixed).astype(np.uint8)
