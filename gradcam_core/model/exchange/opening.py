"""A checked ONNX or TensorFlow Lite file -> a frozen graph, with what was found on the way."""

from dataclasses import replace
from pathlib import Path

from gradcam_core.model.choices import Choices
from gradcam_core.model.exchange.comparison import apart, rounded
from gradcam_core.model.exchange.reading import read
from gradcam_core.model.exchange.translate import translated
from gradcam_core.model.exchange.weights import with_named_weights
from gradcam_core.model.freeze import Frozen
from gradcam_core.model.saved_graph import check_operations

STRAIGHT = (
    "the network rounds to whole numbers; gradients pass through the rounding as if it were not there "
    "(Jacob et al. 2018)"
)


def frozen_exchange(path: Path, choices: Choices) -> Frozen:
    """The graph of the network at ``path``, translated and compared with OpenVINO's reading of the file.

    Raises:
        ModelError: it cannot be read or translated, or the two do not agree.
    """
    network = read(path, choices)
    frozen = translated(network)
    frozen = replace(frozen, definition=with_named_weights(frozen.definition))
    check_operations(frozen.definition)
    share = apart(network, frozen)
    note = (
        "translated operation by operation, so gradients and every kind of map can be had; on noise its "
        f"answers differ from OpenVINO's by {share:.1g} of the largest one"
    )
    return replace(frozen, notes=(note, *((STRAIGHT,) if rounded(frozen) else ())))
