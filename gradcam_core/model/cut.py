"""Cut: a frozen graph becomes a features half and one or two stages above it, joined by named tensors."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gradcam_core.model.topology import needs_input, post_order


@dataclass(frozen=True)
class Section:
    """Tensor names that go in and come out."""

    feeds: tuple[str, ...]
    fetches: tuple[str, ...]


def plan(source: Any, points: Sequence[Any], goals: Sequence[Any]) -> list[Section]:
    """Cut the graph at ``points`` (tensors, shallow to deep); the last stage gives the ``goals``.

    A point need not carry everything: where other branches run past it, the tensors that cross the
    cut are handed over beside it, so any layer can be chosen.
    """
    needed = _unique(goals)
    stages: list[Section] = []
    for point in reversed(points):
        above = needs_input(point, needed)
        fetched = [tensor for tensor in needed if above[tensor.op] and tensor is not point]
        sides = _crossing(source, point, fetched, above)
        stages.insert(0, Section(_names([point, *sides]), _names(fetched)))
        needed = _unique([*[tensor for tensor in needed if tensor not in fetched], point, *sides])
    return [Section((source.name,), _names(needed)), *stages]


def _crossing(source: Any, point: Any, fetched: Sequence[Any], above: dict[Any, bool]) -> list[Any]:
    """What the part above ``point`` reads besides it and is not a constant."""
    varying = needs_input(source, fetched)
    found: list[Any] = []
    for tensor in fetched:
        for op in post_order(tensor.op):
            if above.get(op) and op is not point.op:
                found += [i for i in op.inputs if varying[i.op] and not above.get(i.op)]
    return _unique(found)


def _unique(tensors: Sequence[Any]) -> list[Any]:
    return list({tensor.name: tensor for tensor in tensors}.values())


def _names(tensors: Sequence[Any]) -> tuple[str, ...]:
    return tuple(tensor.name for tensor in tensors)
