"""Vision transformers: a sequence of tokens is a grid of patches that lies in one row.

The first convolution cuts the picture into patches, its grid (h, w) is reshaped to T = h·w tokens, and a
class token may stand before them. What comes later has no grid of its own: attention has the shape
(heads, T, T) or (T, heads, features), which is no place in the picture.
"""

from dataclasses import dataclass
from typing import Any

from gradcam_core.model.topology import Topology

MOVES = frozenset(
    {"Reshape", "Transpose", "Squeeze", "ExpandDims", "Identity", "IdentityN", "StridedSlice"}
)


@dataclass(frozen=True)
class Tokens:
    """The grid (h, w) of the patches, the operation that lays it in a row, and what comes after it.

    ``extra`` is 1 where a class token stands before the patches, else 0.
    """

    grid: tuple[int, int]
    extra: int
    after: frozenset[Any]

    def holds(self, tensor: Any) -> bool:
        """One row of numbers per token, and the class token's where there is one."""
        shape = tensor.shape
        return bool(shape.rank == 3 and shape[1] == self.grid[0] * self.grid[1] + self.extra)

    def is_attention(self, op: Any) -> bool:
        """A 4-D tensor behind the tokens whose axes are no places of the grid."""
        return op in self.after and tuple(op.outputs[0].shape)[1:3] != self.grid


def find_tokens(way: Topology) -> Tokens | None:
    """The tokens of the network, or None where no grid is laid in a row before something mixes the row."""
    first = next((op for op in way.path if _lays_in_a_row(op) and _is_mixed_later(way, op)), None)
    if first is None:
        return None
    height, width = tuple(first.inputs[0].shape)[1:3]
    after = _behind(way, first)
    rows = [op.outputs[0].shape[1] for op in after if op.outputs[0].shape.rank == 3]
    extra = int(height * width + 1 in rows)
    return Tokens((int(height), int(width)), extra, frozenset(after))


def token_layers(way: Topology, tokens: Tokens) -> list[Any]:
    """Operations that all goes through and that give tokens, shallow to deep.

    With a class token, those behind the last attention are left out: there the answer reads the class token
    alone, and the patches have no more say.
    """
    mixing = [way.index[op] for op in tokens.after if _mixes(op)]
    last = max(mixing, default=len(way.path)) if tokens.extra else len(way.path)
    found = [
        op
        for op in way.path
        if op in tokens.after
        and op in way.bottlenecks
        and op.type not in MOVES
        and op.outputs[0].dtype.is_floating
        and tokens.holds(op.outputs[0])
        and way.index[op] < last
    ]
    below = (way.varying_inputs(user)[0].op for user in found)  # a class token that is learned is none
    inner = {op for op in below if len(way.consumers[op]) == 1}
    return [op for op in found if op not in inner]


def _lays_in_a_row(op: Any) -> bool:
    if op.type != "Reshape" or op.inputs[0].shape.rank != 4 or op.outputs[0].shape.rank != 3:
        return False
    before, row = tuple(op.inputs[0].shape), tuple(op.outputs[0].shape)
    known = None not in before[1:] and None not in row[1:]
    return known and before[1] * before[2] == row[1] > 1 and before[3] == row[2]


def _is_mixed_later(way: Topology, op: Any) -> bool:
    return any(_mixes(later) for later in _behind(way, op))


def _mixes(op: Any) -> bool:
    """Attention: a softmax over the tokens that each token looks at."""
    shape = op.outputs[0].shape if op.outputs else None
    if op.type != "Softmax" or shape is None or shape.rank is None or shape.rank < 3:
        return False
    return bool(shape[-1] == shape[-2])


def _behind(way: Topology, op: Any) -> set[Any]:
    seen, todo = {op}, [op]
    while todo:
        new = [user for user in way.consumers[todo.pop()] if user not in seen]
        seen.update(new)
        todo.extend(new)
    return seen
