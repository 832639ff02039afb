"""Shapes that several tools draw and pixels know as polygons only."""

from math import cos, pi, radians, sin

from gradcam_core.base.types import Polygon

_POINTS = 72
NO_AREA = frozenset(("point", "points", "line", "linestrip", "polyline", "skeleton", "keypointlabels"))
"""What tools call marks that enclose nothing."""


def ellipse(x: float, y: float, across: float, down: float, degrees: float = 0, label: str = "") -> Polygon:
    """An ellipse by its centre and half axes in pixels, turned clockwise."""
    steps = [2 * pi * step / _POINTS for step in range(_POINTS)]
    points = [(x + across * cos(step), y + down * sin(step)) for step in steps]
    return Polygon(tuple(_about(point, (x, y), degrees) for point in points), label)


def turned_box(
    corner: tuple[float, float],
    size: tuple[float, float],
    degrees: float,
    about: tuple[float, float],
    label: str = "",
) -> Polygon:
    """A rectangle by its left top corner and (width, height) in pixels, turned clockwise about a point."""
    (left, top), (width, height) = corner, size
    corners = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    return Polygon(tuple(_about(point, about, degrees) for point in corners), label)


def _about(point: tuple[float, float], centre: tuple[float, float], degrees: float) -> tuple[float, float]:
    (x, y), (cx, cy), angle = point, centre, radians(degrees)
    x, y = x - cx, y - cy
    return cx + x * cos(angle) - y * sin(angle), cy + x * sin(angle) + y * cos(angle)
