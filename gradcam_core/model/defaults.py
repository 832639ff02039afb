"""Which layers are explained by default: the last one with a grid, and one that is twice as fine."""

from typing import Any

from gradcam_core.model.contract import LayerInfo
from gradcam_core.model.layers import POOLING, Candidates
from gradcam_core.model.receptive_field import receptive_fields
from gradcam_core.model.topology import Topology

PASSED = frozenset({"Identity", "Squeeze", "ExpandDims"})
SURROUNDINGS = 0.5  # of what an answer sees, that the layer of its map has to show


def viewed_as(way: Topology) -> tuple[int, ...]:
    """The shape without the batch that the network first gives to a flat input; () where it stays flat."""
    for op in way.path[1:]:
        shape = op.outputs[0].shape
        if shape.rank is not None and shape.rank > 2:
            return tuple(int(axis or 0) for axis in shape[1:])
    return ()


def default_classic(found: Candidates) -> LayerInfo:
    """The last candidate through which everything passes; pooling comes after it."""
    whole = [layer for layer in found.layers if layer.name in found.bottlenecks]
    convolved = [layer for layer in whole if not _pools(found.tensors[layer.name].op)]
    return (convolved or whole or list(found.layers))[-1]


def _pools(op: Any) -> bool:
    """A pooling, also with a dropout behind it, which is an identity here."""
    while op.type in PASSED:
        op = op.inputs[0].op
    return op.type in POOLING


def classic_of_grid(found: Candidates, source: Any, cells: Any) -> tuple[LayerInfo, str]:
    """The layer of the classic maps of a model that answers for each cell of a grid, and why this one.

    It is the deepest layer, of those through which everything passes, in which one cell of the answer
    still depends on at least half of the surroundings that it sees in the picture (both as shares of
    their grid). Behind it too little of the surroundings is left for a map to show.
    """
    fields = receptive_fields(source, cells)
    below = [layer for layer in found.layers if found.tensors[layer.name] is not cells]
    seen = {layer.name: _share(fields[found.tensors[layer.name].name], layer.grid) for layer in below}
    everything = _share(fields[source.name], (source.shape[1], source.shape[2]))
    whole = [layer for layer in below if layer.name in found.bottlenecks and layer.kind not in POOLING]
    more = [layer for layer in whole if min(fields[found.tensors[layer.name].name]) > 1]
    wide = [layer for layer in more if seen[layer.name] >= SURROUNDINGS * everything]
    widest = sorted(below or found.layers, key=lambda layer: seen.get(layer.name, 0.0))
    classic = (wide or widest)[-1]
    field, pixels = fields[found.tensors[classic.name].name], fields[source.name]
    why = (
        f"one cell of the answer depends on {field[0]}×{field[1]} of the {classic.height}×{classic.width} "
        f"cells of {classic.name}, and on {pixels[0]}×{pixels[1]} pixels of the input; in every later "
        "layer that all of it passes less than half of these surroundings is left, in the last ones its "
        "own cell alone."
    )
    return classic, why


def _share(field: tuple[int, int], grid: tuple[int, int]) -> float:
    """Of height and width, the smaller share."""
    return min(field[0] / grid[0], field[1] / grid[1])


def _finer(fine: int, coarse: int, features: bool) -> bool:
    return fine >= 2 * coarse - (1 if features else 0)


def default_fine(found: Candidates, classic: LayerInfo, features: bool = False) -> LayerInfo | None:
    """The deepest layer below ``classic`` whose grid is at least twice as fine in both directions.

    In a model of a sound's ``features``, frames are odd in number as a rule: half of 49 is 25, and an axis
    that has one cell in both layers does not count.
    """
    position = found.layers.index(classic) if classic in found.layers else len(found.layers)
    finer = [
        layer
        for layer in found.layers[:position]
        if all(_finer(*sides, features) for sides in zip(layer.grid, classic.grid, strict=True))
        and layer.grid != classic.grid
    ]
    whole = [layer for layer in finer if layer.name in found.bottlenecks]
    best = whole or finer
    return best[-1] if best else None
