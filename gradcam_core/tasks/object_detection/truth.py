"""Annotated boxes of a picture as the model's grid sees them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gradcam_core.base.errors import SampleError
from gradcam_core.base.types import Box, Cell, Geometry, InputSpec, MaskFile, Polygon, Region, Shape
from gradcam_core.images import back, geometry, turned_edges, turned_size
from gradcam_core.images.regions import render

Edges = tuple[float, float, float, float]  # top, left, bottom, right


@dataclass(frozen=True)
class Marked:
    """One annotated object on the grid.

    Attributes:
        number: counted from 1 within its picture, in the order of the annotations.
        label: its class.
        shape: as it was annotated, in pixels of the original picture.
        edges: the box's part that the model sees, in cells of the grid.
    """

    number: int
    label: str
    shape: Shape
    edges: Edges

    @property
    def centre(self) -> tuple[float, float]:
        """(row, column) in cells."""
        top, left, bottom, right = self.edges
        return (top + bottom) / 2, (left + right) / 2

    @property
    def cell(self) -> Cell:
        """The cell that holds the centre; FOMO is trained to name the object there."""
        return int(self.centre[0]), int(self.centre[1])


def marked(
    region: Region,
    size: tuple[int, int],
    spec: InputSpec,
    grid: Cell,
    classes: Sequence[str],
    turn: int = 1,
) -> tuple[list[Marked], list[str]]:
    """The boxes of one picture on the grid, and what cannot be used or told apart, in words.

    Args:
        region: every labelled shape of it is one object; other shapes count by the box around them.
        size: (height, width) of the original picture.
        spec: how it becomes the network's input.
        grid: (rows, columns) of the answer.
        classes: names of the model's objects.
        turn: EXIF orientation that makes the picture as the network gets it the one that people see.
    """
    found, notes = list[Marked](), list[str]()
    where = geometry(size, spec.size, spec.resize, turn)
    for number, shape in enumerate(region.shapes, 1):
        label = "" if isinstance(shape, MaskFile) else shape.label
        if label not in classes:
            notes.append(
                f"box {number}: the model has no class {label!r}" if label else f"box {number} has no class"
            )
            continue
        try:
            edges = _on_grid(_around(shape, size), where, grid)
        except SampleError as error:
            notes.append(f"box {number}: {error}")
            continue
        if edges is None:
            notes.append(f"box {number} lies outside what the model sees")
        else:
            found.append(Marked(number, label, shape, edges))
    return found, notes + _shared(found)


def _shared(found: Sequence[Marked]) -> list[str]:
    """What the grid cannot tell apart."""
    count = Counter(one.cell for one in found)
    return [
        f"{many} boxes share the cell {row},{column}: the grid sees one"
        for (row, column), many in count.items()
        if many > 1
    ]


def _around(shape: Shape, size: tuple[int, int]) -> Edges:
    """The box around a shape, in pixels of the original picture."""
    if isinstance(shape, Box):
        return shape.top, shape.left, shape.bottom, shape.right
    if isinstance(shape, Polygon):
        xs, ys = zip(*shape.points, strict=True)
        return min(ys), min(xs), max(ys), max(xs)
    rows, columns = np.nonzero(render(Region("mask", (shape,)), size))
    if not len(rows):
        raise SampleError("a mask with at least one pixel", "an empty one")
    return float(rows.min()), float(columns.min()), float(rows.max() + 1), float(columns.max() + 1)


def _on_grid(edges: Edges, where: Geometry, grid: Cell) -> Edges | None:
    """Pixels of the picture that people see -> cells; None where nothing of it is seen."""
    edges = turned_edges(edges, turned_size(where.original, where.turn), back(where.turn))
    rows = _axis((edges[0], edges[2]), where.seen[0::2], where.content[0::2], where.target[0], grid[0])
    columns = _axis((edges[1], edges[3]), where.seen[1::2], where.content[1::2], where.target[1], grid[1])
    return None if rows is None or columns is None else (rows[0], columns[0], rows[1], columns[1])


def _axis(
    edges: tuple[float, float], seen: Sequence[float], content: Sequence[int], length: int, cells: int
) -> tuple[float, float] | None:
    low, high = max(edges[0], seen[0]), min(edges[1], seen[1])
    if high <= low:
        return None
    scale = (content[1] - content[0]) / (seen[1] - seen[0])
    first, last = ((content[0] + (edge - seen[0]) * scale) * cells / length for edge in (low, high))
    return first, last
