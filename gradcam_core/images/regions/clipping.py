"""Annotated shapes -> shapes on the picture as people see it: rescale, clip, drop what is empty, turn."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gradcam_core.base.errors import SampleError
from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.types import Box, MaskFile, Polygon, RunLength, Shape
from gradcam_core.images.reading import Header
from gradcam_core.images.turning import turned_edges, turned_point

Size = tuple[int, int]
UNIT: Size = (1, 1)
"""The "annotated picture" of a format that writes shares 0..1 of whatever picture."""


def same_proportions(one: Size, other: Size) -> bool:
    """Whether two (height, width) differ by scale only, to within one pixel of the smaller."""
    (h, w), (height, width) = sorted((one, other))
    return abs(w - width * h / height) <= 1 and abs(h - height * w / width) <= 1


def fit_shapes(
    shapes: Sequence[Shape],
    annotated: Size | None,
    header: Callable[[], Header],
    frame: Orientation = "upright",
) -> tuple[list[Shape], list[str]]:
    """Shapes in pixels of the upright picture, and what had to be left out.

    Args:
        shapes: in pixels of the annotated picture.
        annotated: (height, width) of that picture, ``UNIT`` for shares, None where nothing tells.
        header: of the picture on disk; only asked where it matters.
        frame: the way up that the annotated picture had.

    Raises:
        SampleError: the picture cannot be read, or has other proportions than the annotated one.
    """
    masks = all(isinstance(shape, MaskFile | RunLength) for shape in shapes)
    if masks and frame == "upright":
        return list(shapes), []  # these know their own size, see render
    size, turn = (header().upright, 1) if frame == "upright" else (header().stored, header().turn)
    zoom = (1.0, 1.0) if masks or annotated is None else _zoom(annotated, size)
    fitted = [_inside(_zoomed(shape, zoom), size) for shape in shapes]
    dropped = sum(shape is None for shape in fitted)
    notes = [f"{dropped} empty or outside the picture"] if dropped else []
    return [_turned(shape, size, turn) for shape in fitted if shape is not None], notes


def _zoom(annotated: Size, size: Size) -> tuple[float, float]:
    if annotated != UNIT and not same_proportions(annotated, size):
        raise SampleError(
            "annotations made on this picture",
            f"annotated at {annotated[0]} × {annotated[1]}, but the picture has {size[0]} × {size[1]}",
        )
    return size[0] / annotated[0], size[1] / annotated[1]


def _zoomed(shape: Shape, zoom: tuple[float, float]) -> Shape:
    y, x = zoom
    if zoom == (1.0, 1.0):
        return shape
    if isinstance(shape, Box):
        return Box(shape.left * x, shape.top * y, shape.right * x, shape.bottom * y, shape.label)
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple((px * x, py * y) for px, py in shape.points))
    return shape


def _inside(shape: Shape, size: Size) -> Shape | None:
    height, width = size
    if isinstance(shape, Box):
        left, right = max(shape.left, 0.0), min(shape.right, float(width))
        top, bottom = max(shape.top, 0.0), min(shape.bottom, float(height))
        return Box(left, top, right, bottom, shape.label) if right > left and bottom > top else None
    if isinstance(shape, Polygon):
        xs, ys = zip(*shape.points, strict=True)
        seen = max(xs) > 0 and min(xs) < width and max(ys) > 0 and min(ys) < height
        return shape if seen and max(xs) > min(xs) and max(ys) > min(ys) else None
    return shape


def _turned(shape: Shape, size: Size, turn: int) -> Shape:
    """A shape of a picture of this size, on the turned picture."""
    if turn == 1:
        return shape
    if isinstance(shape, Box):
        edges = shape.top, shape.left, shape.bottom, shape.right
        top, left, bottom, right = turned_edges(edges, size, turn)
        return Box(left, top, right, bottom, shape.label)
    if isinstance(shape, Polygon):
        return replace(shape, points=tuple(turned_point(x, y, size, turn) for x, y in shape.points))
    return replace(shape, turn=turn)
