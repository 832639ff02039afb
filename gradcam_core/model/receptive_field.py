"""Receptive fields worked out from the graph: how much of a tensor one cell of a grid output listens to."""

from collections.abc import Sequence
from math import ceil
from typing import Any

from gradcam_core.model.topology import Topology

Field = tuple[int, int]  # (rows, columns) of a tensor's grid

CONVOLUTIONS = frozenset({"Conv2D", "DepthwiseConv2dNative"})
WINDOWS = frozenset({"MaxPool", "AvgPool"})


def receptive_fields(source: Any, result: Any) -> dict[str, Field]:
    """Tensor name -> how many rows and columns of its grid one cell of ``result`` (N, h, w, K) can see.

    For every 4-D tensor between ``source`` and ``result``. What is not understood (attention over places,
    a reshape of the grid) counts as seeing everything, so the numbers are upper bounds.
    """
    way = Topology(source, result)
    found: dict[str, Field] = {result.name: (1, 1)}
    for op in reversed(way.path):
        seen = found.get(op.outputs[0].name)
        for tensor in way.varying_inputs(op):
            grid = grid_of(tensor)
            if grid is not None:
                known = found.get(tensor.name, (0, 0))
                found[tensor.name] = _larger(known, _needed(op, seen, grid), grid)
    return found


def grid_of(tensor: Any) -> Field | None:
    """(height, width) of a 4-D tensor of known size, else None."""
    shape = tuple(tensor.shape) if tensor.shape.rank == 4 else (None,)
    return None if None in shape[1:] or len(shape) != 4 else (int(shape[1]), int(shape[2]))


def _larger(one: Field, other: Field, grid: Field) -> Field:
    rows, columns = (min(max(pair), most) for *pair, most in zip(one, other, grid, strict=True))
    return rows, columns


def _needed(op: Any, seen: Field | None, grid: Field) -> Field:
    """How much of an input with this grid lies below ``seen`` cells of the output of ``op``."""
    given = grid_of(op.outputs[0])
    if seen is None or given is None:
        return grid
    if op.type in CONVOLUTIONS:
        kernel = tuple(op.inputs[1].shape)[:2]
        return _window(seen, kernel, op.get_attr("strides")[1:3], op.get_attr("dilations")[1:3])
    if op.type in WINDOWS:
        return _window(seen, op.get_attr("ksize")[1:3], op.get_attr("strides")[1:3], (1, 1))
    if op.type.startswith("Resize"):
        return _scaled(seen, given, grid)
    kept = given == grid or op.type in ("Pad", "PadV2", "MirrorPad")
    return seen if kept and op.type != "Reshape" else grid


def _window(seen: Field, kernel: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Field:
    sizes = zip(seen, kernel, strides, dilations, strict=True)
    rows, columns = ((cells - 1) * step + (size - 1) * gap + 1 for cells, size, step, gap in sizes)
    return rows, columns


def _scaled(seen: Field, given: Field, grid: Field) -> Field:
    """Interpolation reads at most one more cell on either side."""
    rows, columns = (
        ceil(cells * low / high) + 1 for cells, high, low in zip(seen, given, grid, strict=True)
    )
    return rows, columns
