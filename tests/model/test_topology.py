"""What depends on what in a graph, and where it can be cut."""

from dataclasses import dataclass, field

from gradcam_core.model.topology import Topology, needs_input, post_order


@dataclass(eq=False)
class Op:
    """An operation as TensorFlow's are, with one output."""

    name: str
    inputs: list["Out"] = field(default_factory=list)
    type: str = "Any"


@dataclass(eq=False)
class Out:
    op: Op


def made(name: str, *inputs: Out, kind: str = "Any") -> Out:
    return Out(Op(name, list(inputs), kind))


ENTRY = made("entry")
WEIGHT = made("weight")
FIRST = made("first", ENTRY, WEIGHT)
LEFT, RIGHT = made("left", FIRST), made("right", FIRST)
SHAPE = made("shape", FIRST, kind="Shape")
SUM = made("sum", LEFT, RIGHT, SHAPE)


def names(ops: list[Op] | frozenset[Op]) -> set[str]:
    return {op.name for op in ops}


def test_inputs_come_before_their_users() -> None:
    order = [op.name for op in post_order(SUM.op)]
    assert sorted(order) == sorted({"entry", "weight", "first", "left", "right", "shape", "sum"})
    assert order[-1] == "sum" and order.index("first") < min(order.index("left"), order.index("shape"))


def test_constants_and_shapes_are_not_on_the_way() -> None:
    way = Topology(ENTRY, SUM)
    assert names(way.path) == {"entry", "first", "left", "right", "sum"}
    assert [tensor.op.name for tensor in way.varying_inputs(FIRST.op)] == ["entry"]
    assert {op.name for op in way.consumers[FIRST.op]} == {"left", "right"}


def test_a_branch_is_no_bottleneck() -> None:
    assert names(Topology(ENTRY, SUM).bottlenecks) == {"entry", "first", "sum"}


def test_a_shape_depends_on_the_input_though_no_evidence_flows() -> None:
    needs = {op.name: known for op, known in needs_input(ENTRY, [SUM]).items()}
    assert needs["shape"] and needs["sum"] and not needs["weight"]
