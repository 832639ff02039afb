"""Annotated shapes -> shapes inside the picture as it is on disk: rescale, clip, drop what is empty."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, MaskFile, Polygon, RunLength, Shape

Size = tuple[int, int]


def same_proportions(one: Size, other: Size) -> bool:
    """Whether two (height, width) differ by scale only, to within one pixel of the smaller."""
    (h, w), (height, width) = sorted((one, other))
    return abs(w - width * h / height) <= 1 and abs(h - height * w / width) <= 1


def fit_shapes(
    shapes: Sequence[Shape], annotated: Size | None, actual: Callable[[], Size]
) -> tuple[list[Shape], list[str]]:
    """Shapes in pixels of the picture on disk, and what had to be left out.

    Args:
        shapes: in pixels of the annotated picture.
        annotated: (height, width) of that picture, None where the format does not tell.
        actual: gives (height, width) of the picture on disk; only asked where it matters.

    Raises:
        SampleError: the picture cannot be read, or has other proportions than the annotated one.
    """
    if all(isinstance(shape, MaskFile | RunLength) for shape in shapes):
        return list(shapes), []  # these know their own size, see render
    size = actual()
    if annotated is not None and not same_proportions(annotated, size):
        raise SampleError(
            "annotations made on this picture",
            f"annotated at {annotated[0]} × {annotated[1]}, but the picture has {size[0]} × {size[1]}",
        )
    zoom = (size[0] / annotated[0], size[1] / annotated[1]) if annotated else (1.0, 1.0)
    fitted = [_inside(_zoomed(shape, zoom), size) for shape in shapes]
    dropped = sum(shape is None for shape in fitted)
    notes = [f"{dropped} empty or outside the picture"] if dropped else []
    return [shape for shape in fitted if shape is not None], notes


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
