"""Each kind of operation in a network of its own: TensorFlow and OpenVINO agree within 0.1 %.

The comparison is the one that every file goes through; that it can fail is tested with it.
"""

from pathlib import Path

import numpy as np
import pytest

from tests.model.exchange.one_operation import agrees, around
from tests.model.exchange.onnx_of_keras import node
from tests.model.exchange.operations.of_places import OF_PLACES
from tests.model.exchange.operations.of_shapes import OF_SHAPES

PIECES = OF_PLACES | OF_SHAPES
ACTIVATIONS = (
    *(
        "Relu",
        "Sigmoid",
        "Tanh",
        "Exp",
        "Abs",
        "Neg",
        "Floor",
        "Ceil",
        "Erf",
        "Sin",
        "Cos",
        "Sign",
        "Round",
    ),
    *("Softplus", "Softsign", "Elu", "Selu", "LeakyRelu", "HardSigmoid", "HardSwish", "Mish", "Identity"),
)


@pytest.mark.parametrize("kind", ACTIVATIONS)
def test_activations(kind: str, tmp_path: Path) -> None:
    nodes = [node("Mul", "a tiny", "t"), node(kind, "t", "b")]  # exp of large noise would be infinite
    agrees(around(tmp_path, nodes, {"tiny": np.float32(0.013)}, opset=18))


@pytest.mark.parametrize("name", PIECES)
def test_pieces(name: str, tmp_path: Path) -> None:
    nodes, weights = PIECES[name]
    frozen = agrees(around(tmp_path, nodes, weights, opset=17))
    assert frozen.batch is None
