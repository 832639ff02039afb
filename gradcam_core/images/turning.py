"""The eight EXIF orientations: from the way a picture is stored to the way people see it, and back.

A *turn* is the tag's number, 1 to 8 (CIPA DC-008, tag 274); 1 leaves everything as it is.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)

# turn -> rows and columns change places, then rows are reversed, then columns are
_STEPS = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}
TURNS = tuple(_STEPS)
Edges = tuple[float, float, float, float]  # top, left, bottom, right


def turned(array: NDArray[T], turn: int) -> NDArray[T]:
    """(H, W, ...) stored -> upright, (H, W, ...) or (W, H, ...); a view."""
    swap, rows, columns = _STEPS[turn]
    array = array.swapaxes(0, 1) if swap else array
    return array[:: -1 if rows else 1, :: -1 if columns else 1]


def back(turn: int) -> int:
    """The turn that undoes ``turn``: a quarter to the right is undone by one to the left."""
    return {6: 8, 8: 6}.get(turn, turn)


def swaps(turn: int) -> bool:
    """Whether rows and columns change places."""
    return _STEPS[turn][0]


def turned_size(size: tuple[int, int], turn: int) -> tuple[int, int]:
    """(height, width) after the turn."""
    return size[::-1] if swaps(turn) else size


def turned_point(x: float, y: float, size: tuple[float, float], turn: int) -> tuple[float, float]:
    """(x, y) of a picture of (height, width) ``size``, in the turned picture."""
    (height, width), (swap, rows, columns) = size, _STEPS[turn]
    if swap:
        x, y, height, width = y, x, width, height
    return (width - x if columns else x), (height - y if rows else y)


def turned_edges(edges: Edges, size: tuple[float, float], turn: int) -> Edges:
    """(top, left, bottom, right) of a picture of (height, width) ``size``, in the turned picture."""
    (x0, y0), (x1, y1) = (
        turned_point(edges[1], edges[0], size, turn),
        turned_point(edges[3], edges[2], size, turn),
    )
    return min(y0, y1), min(x0, x1), max(y0, y1), max(x0, x1)
