"""A region as polygons to draw, and back to pixels."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.regions._raster import shape_pixels
from gradcam_core.types import Box, Floats, Polygon, Region, RegionSource, Shape

_SIMPLIFY = 0.002  # of the longer side: outlines stay small without visible change


def outline(region: Region, size: tuple[int, int]) -> list[list[float]]:
    """Closed polygons to draw, each flat x0, y0, x1, y1, ... as shares 0..1 of width and height.

    Raises:
        SampleError: as :func:`render`.
    """
    height, width = size
    scale = np.array((1 / width, 1 / height))
    polygons = [points * scale for shape in region.shapes for points in _outlines(shape, size)]
    return [np.clip(points, 0, 1).round(5).ravel().tolist() for points in polygons]


def _outlines(shape: Shape, size: tuple[int, int]) -> list[NDArray[np.float64]]:
    if isinstance(shape, Box):
        left, top, right, bottom = shape.left, shape.top, shape.right, shape.bottom
        return [np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)]
    if isinstance(shape, Polygon):
        return [np.array(shape.points, np.float64)]
    contours, _ = cv2.findContours(
        shape_pixels(shape, size).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE
    )
    simple = [cv2.approxPolyDP(contour, _SIMPLIFY * max(size), True)[:, 0] for contour in contours]
    return [points + 0.5 for points in simple if len(points) > 2]


def fill_outline(
    polygons: Sequence[Sequence[float]], source: RegionSource, size: tuple[int, int]
) -> Floats:
    """:func:`outline` back to (H, W) float32, 1 object, 0 background, up to its simplification.

    Boxes are united where they overlap; a mask's inner polygons are holes.
    """
    height, width = size
    pixels = np.zeros(size, np.uint8)
    shapes = [np.asarray(flat).reshape(-1, 2) * (width, height) for flat in polygons]
    if source == "box":
        for shape in shapes:
            (left, top), (right, bottom) = np.ceil(shape[[0, 2]] - 0.5).astype(int)
            pixels[top:bottom, left:right] = 1
    else:
        cv2.fillPoly(pixels, [np.rint(shape - 0.5).astype(np.int32) for shape in shapes], 1)
    return pixels.astype(np.float32)
