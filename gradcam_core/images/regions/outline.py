"""A region as polygons to draw, and back to pixels."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.types import Box, Floats, Polygon, Region, RegionSource, Shape
from gradcam_core.images.regions.raster import shape_pixels

Outline = list[list[float]]
_SIMPLIFY = 0.002  # of the longer side: outlines stay small without visible change


def outline(region: Region, size: tuple[int, int]) -> Outline:
    """Closed polygons to draw, each flat x0, y0, x1, y1, ... as shares 0..1 of width and height.

    Raises:
        SampleError: as :func:`render`.
    """
    return drawn(region, size)[1]


def drawn(region: Region, size: tuple[int, int]) -> tuple[Floats, Outline]:
    """(:func:`render`, :func:`outline`) of a region; files are read and decoded once for both.

    Raises:
        SampleError: as :func:`render`.
    """
    height, width = size
    union = np.zeros(size, bool)
    polygons: list[NDArray[np.float64]] = []
    for shape in region.shapes:
        pixels = shape_pixels(shape, size)
        union |= pixels
        polygons += _outlines(shape, pixels)
    flat = [np.clip(points / (width, height), 0, 1).round(5).ravel().tolist() for points in polygons]
    return union.astype(np.float32), flat


def _outlines(shape: Shape, pixels: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    if isinstance(shape, Box):
        left, top, right, bottom = shape.left, shape.top, shape.right, shape.bottom
        return [np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)]
    if isinstance(shape, Polygon):
        return [np.array(shape.points, np.float64)]
    contours, _ = cv2.findContours(pixels.view(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    tolerance = _SIMPLIFY * max(pixels.shape)
    simple = [cv2.approxPolyDP(contour, tolerance, True)[:, 0] for contour in contours]
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
