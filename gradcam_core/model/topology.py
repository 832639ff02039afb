"""Questions about a graph of operations: what depends on what, and where can it be cut?

Works on anything with ``name``, ``type``, ``inputs`` and ``outputs``, as TensorFlow's operations have.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

# What these give depends on the shape of their input only, so no evidence flows through them.
SHAPE_ONLY = frozenset({"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike"})


class Topology:
    """The operations between one input tensor and one result tensor, in topological order."""

    def __init__(self, source: Any, result: Any) -> None:
        self.source, self.result = source, result
        order = post_order(result.op)
        depends = {source.op}
        for op in order:
            if op.type not in SHAPE_ONLY and any(tensor.op in depends for tensor in op.inputs):
                depends.add(op)
        self.path = [op for op in order if op in depends]
        self.index = {op: position for position, op in enumerate(self.path)}

    @cached_property
    def consumers(self) -> dict[Any, list[Any]]:
        """Operation -> the operations on the way to the result that read it."""
        found: dict[Any, list[Any]] = {op: [] for op in self.path}
        for op in self.path:
            for tensor in op.inputs:
                if tensor.op in found and op not in found[tensor.op]:
                    found[tensor.op].append(op)
        return found

    @cached_property
    def bottlenecks(self) -> frozenset[Any]:
        """Operations that every way from input to result passes: no edge jumps over them."""
        found, reach = [], 0
        for position, op in enumerate(self.path):
            if reach <= position:
                found.append(op)
            reach = max([reach, *(self.index[user] for user in self.consumers[op])])
        return frozenset(found)

    def varying_inputs(self, op: Any) -> list[Any]:
        """Input tensors of ``op`` that depend on the network's input."""
        return [tensor for tensor in op.inputs if tensor.op in self.index]


def post_order(last: Any) -> list[Any]:
    """Every operation that ``last`` depends on and ``last`` itself, inputs before users."""
    order: list[Any] = []
    seen = set()
    stack = [(last, False)]
    while stack:
        op, done = stack.pop()
        if done:
            order.append(op)
        elif op not in seen:
            seen.add(op)
            stack.append((op, True))
            stack.extend((tensor.op, False) for tensor in op.inputs if tensor.op not in seen)
    return order


def needs_input(source: Any, tensors: Iterable[Any]) -> dict[Any, bool]:
    """Operation -> whether its value depends on ``source`` in any way, shapes included."""
    depends: dict[Any, bool] = {}
    for tensor in tensors:
        for op in post_order(tensor.op):
            depends[op] = op is source.op or any(depends.get(i.op, False) for i in op.inputs)
    return depends
