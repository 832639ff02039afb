"""A region as pixels, as shares of grid cells, and as polygons to draw."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from gradcam_core.errors import SampleError
from gradcam_core.images.reading import read_as_stored
from gradcam_core.regions._fit import same_proportions
from gradcam_core.regions._mask_pixels import object_pixels
from gradcam_core.types import Box, Floats, Geometry, MaskFile, Polygon, Region, RunLength, Shape

Pixels = NDArray[np.bool_]
_SIMPLIFY = 0.002  # of the longer side: outlines stay small without visible change


def render(region: Region, size: tuple[int, int]) -> Floats:
    """The union of the region's shapes in the original picture.

    A pixel belongs to a box or polygon when its centre does; a box covers one pixel at least.

    Args:
        region: shapes in pixels of the original.
        size: (height, width) of the original.

    Returns:
        (H, W) float32, 1 object, 0 background.

    Raises:
        SampleError: a mask file that cannot be read or has another shape than the picture.
    """
    union = np.zeros(size, bool)
    for shape in region.shapes:
        union |= _pixels(shape, size)
    return union.astype(np.float32)


def _pixels(shape: Shape, size: tuple[int, int]) -> Pixels:
    if isinstance(shape, Box):
        return _box_pixels(shape, size)
    if isinstance(shape, MaskFile):
        return _mask_pixels(shape.path, size)
    if isinstance(shape, RunLength):
        return _rescaled(decode_run_length(shape), size, "the run-length mask")
    return _polygon_pixels(shape, size)


def _box_pixels(box: Box, size: tuple[int, int]) -> Pixels:
    pixels = np.zeros(size, bool)
    rows = _centres_between(box.top, box.bottom, size[0])
    columns = _centres_between(box.left, box.right, size[1])
    pixels[rows, columns] = True
    return pixels


def _centres_between(low: float, high: float, length: int) -> slice:
    """Pixels whose centre lies in low <= centre < high; at least the one that holds ``low``."""
    first = min(max(int(np.ceil(low - 0.5)), 0), length)
    last = min(max(int(np.ceil(high - 0.5)), 0), length)
    if last > first:
        return slice(first, last)
    middle = min(max(int((low + high) / 2), 0), length - 1)
    return slice(middle, middle + 1)


def _polygon_pixels(polygon: Polygon, size: tuple[int, int]) -> Pixels:
    flat = [value for point in polygon.points for value in point]
    return np.asarray(coco.decode(coco.frPyObjects([flat], *size))[..., 0], dtype=bool)


def decode_run_length(mask: RunLength) -> Pixels:
    """(H, W) bool of a COCO run-length mask.

    Raises:
        SampleError: the counts do not fill the size exactly.
    """
    height, width = mask.size
    try:
        counts = _uncompressed(mask.counts) if isinstance(mask.counts, str) else list(mask.counts)
        if sum(counts) != height * width or min(counts, default=-1) < 0:
            raise ValueError(f"its runs add up to {sum(counts)} pixels")
        rle = coco.frPyObjects({"size": [height, width], "counts": counts}, height, width)
        return np.asarray(coco.decode(rle), dtype=bool)
    except (ValueError, TypeError, MemoryError) as error:
        raise SampleError(f"a run-length mask of {height} × {width} pixels", f"damaged: {error}") from None


def _uncompressed(text: str) -> list[int]:
    """Counts of COCO's compressed string, which pycocotools decodes without checking their sum.

    Six bits per character, five of them value, lowest first, the last one's top bit the sign; from the
    fourth count on the difference to the one two before is stored.
    """
    counts: list[int] = []
    value = shift = 0
    for character in text:
        bits = ord(character) - 48
        if not 0 <= bits < 64:
            raise ValueError(f"unexpected character {character!r}")
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32 == 0:
            value -= (bits & 16) << (shift - 4) if bits & 16 else 0
            counts.append(value + (counts[-2] if len(counts) > 2 else 0))
            value = shift = 0
    return counts


def _mask_pixels(path: Path, size: tuple[int, int]) -> Pixels:
    return _rescaled(object_pixels(read_as_stored(path)), size, f"the mask {path.name}")


def _rescaled(pixels: Pixels, size: tuple[int, int], what: str) -> Pixels:
    """A mask of another resolution but the same proportions is stretched, any other refused."""
    if pixels.shape == size:
        return pixels
    (h, w), (height, width) = pixels.shape, size
    if not same_proportions((h, w), size):
        raise SampleError(
            f"a mask as large as its picture, {height} × {width}", f"{what} has {h} × {w} (height × width)"
        )
    nearest = cv2.resize(pixels.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST_EXACT)
    return np.asarray(nearest, dtype=bool)


def cover(region: Region, where: Geometry, grid: tuple[int, int]) -> Floats:
    """The share of each cell of a grid over the network input that the object covers.

    The exact area average with fractional edges (``Wy m Wx^T``); padding is not object, and what was
    cropped away does not count.

    Args:
        region: shapes in pixels of the original.
        where: how the original became the network input.
        grid: (h, w), e.g. a layer's.

    Returns:
        (h, w) float32 in [0, 1].

    Raises:
        SampleError: as :func:`render`.
    """
    return cover_mask(render(region, where.original), where, grid)


def cover_mask(mask: Floats, where: Geometry, grid: tuple[int, int]) -> Floats:
    """:func:`cover` of an already rendered (H, W) mask."""
    filled = np.flatnonzero(mask.any(axis=1))
    if not filled.size:
        return np.zeros(grid, np.float32)
    top, bottom = int(filled[0]), int(filled[-1]) + 1
    rows = _cell_averages(mask[top:bottom], 0, where, grid[0], top)
    shares = _cell_averages(rows.T, 1, where, grid[1]).T
    return np.clip(shares, 0, 1).astype(np.float32)


def _cell_averages(
    values: NDArray[np.floating], axis: int, where: Geometry, cells: int, first: int = 0
) -> NDArray[np.float64]:
    """(cells, M) averages over grid cells of (length, M) pixels of the original along one axis.

    The pixels begin at ``first``; there is no object before and after them.
    By differences of running sums at the cells' edges: exact, and without a matrix product, whose
    threads cost more than they bring at this size.
    """
    seen, content = (where.seen[axis], where.seen[axis + 2]), (where.content[axis], where.content[axis + 2])
    zoom = (seen[1] - seen[0]) / (content[1] - content[0])
    edges = np.linspace(0, where.target[axis], cells + 1)
    in_original = seen[0] + (np.clip(edges, *content) - content[0]) * zoom
    inside = np.clip(in_original - first, 0, len(values))
    pixel = np.minimum(inside.astype(np.intp), len(values) - 1)
    before = np.zeros((len(values) + 1, values.shape[1]))
    np.cumsum(values, axis=0, out=before[1:])
    running = before[pixel] + values[pixel] * (inside - pixel)[:, None]
    return np.diff(running, axis=0) / (where.target[axis] / cells * zoom)


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
        _pixels(shape, size).astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE
    )
    simple = [cv2.approxPolyDP(contour, _SIMPLIFY * max(size), True)[:, 0] for contour in contours]
    return [points + 0.5 for points in simple if len(points) > 2]
