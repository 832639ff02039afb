"""The translated graph asked beside OpenVINO's own reading of the file: do they say the same?"""

from typing import Any

import numpy as np

from gradcam_core.base.errors import ModelError
from gradcam_core.base.types import Floats
from gradcam_core.model import backend
from gradcam_core.model.exchange.reading import EXACT, Network
from gradcam_core.model.freeze import Frozen

SQUASHING = ("Softmax", "LogSoftmax", "Sigmoid")
APART, APART_ROUNDED = (
    1e-3,
    0.1,
)  # of the largest answer; a number that is rounded the other way moves others
BRIGHTEST = (1.0, 255.0)  # noise of the usual ranges


def apart(network: Network, frozen: Frozen) -> float:
    """How far the answers lie apart on noise, as a share of the largest one; at most what is allowed.

    Raises:
        ModelError: further; then nothing may be said of this network.
    """
    rng = np.random.default_rng(0)
    pictures = np.stack([rng.uniform(0, end, network.shape) for end in BRIGHTEST]).astype(np.float32)
    expected, found = _by_openvino(network, pictures), _by_tensorflow(frozen, pictures)
    largest = float(np.abs(expected).max()) or 1.0
    share = float(np.abs(found - expected).max()) / largest
    limit = APART_ROUNDED if rounded(frozen) else APART
    if not share <= limit:
        raise ModelError(
            "a network that means the same to OpenVINO and TensorFlow",
            f"answers that differ by {share:.2%} of the largest one, on noise",
            "give the model it was exported from, as .keras, .h5 or SavedModel",
        )
    return share


def rounded(frozen: Frozen) -> bool:
    """The network computes with whole numbers of few steps."""
    return any(node.op.startswith("FakeQuant") for node in frozen.definition.node)


def _by_tensorflow(frozen: Frozen, pictures: Floats) -> Floats:
    graph = frozen.graph()
    with backend.tensorflow().compat.v1.Session(graph=graph) as session:
        answer = graph.get_tensor_by_name(frozen.result)
        while answer.op.type in ("Identity", *SQUASHING):
            answer = answer.op.inputs[0]
        found = session.run(answer, {frozen.source: pictures})
    return np.asarray(found, np.float32).reshape(len(pictures), -1)


def _by_openvino(network: Network, pictures: Floats) -> Floats:
    openvino, answer = backend.openvino(), network.answer
    while answer.get_node().get_type_name() in ("Identity", *SQUASHING):
        answer = answer.get_node().input_value(0)
    part = openvino.Model([answer], network.model.get_parameters())
    compiled = openvino.Core().compile_model(part, "CPU", EXACT)
    rows = [compiled(_as_file_has_it(network, one[None]))[0] for one in pictures]
    found = np.concatenate(rows).astype(np.float32)
    if found.ndim == 4 and network.first:
        found = np.moveaxis(found, 1, -1)
    return found.reshape(len(pictures), -1)


def _as_file_has_it(network: Network, picture: Floats) -> Any:
    x = picture
    if network.whole:
        x = _whole_numbers(network, x)
    return np.moveaxis(x, -1, 1) if network.first else x


def _whole_numbers(network: Network, x: Floats) -> Any:
    """Quantised by the parameters that the file gives for its input, else rounded."""
    kind = np.dtype(network.whole)
    ends = network.quantised_by()
    if ends is not None:
        low, high, to_low, to_high = ends
        x = (x - to_low) / (to_high - to_low) * (high - low) + low
    return np.clip(np.round(x), np.iinfo(kind).min, np.iinfo(kind).max).astype(kind)
