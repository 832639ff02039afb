"""The table of networks says what was found, and counts only what is right."""

from typing import Any

import numpy as np
import pytest

from benchmarks.models.page import is_right, page
from benchmarks.models.tape import cosine

LOADED = {"loads": True, "layer": "last", "grid": "3×3", "head": "deep", "engine": "openvino", "speed": 2.0}
HEADLESS = "expected a network with a classification head; found features only"


@pytest.mark.parametrize(
    ("row", "one", "right"),
    [
        ("keras Net keras", LOADED | {"cosine": 1.0}, True),
        ("keras Net ONNX", LOADED | {"cosine": 0.99}, False),
        ("tf_keras Net h5", {"loads": False, "reason": "expected a | b"}, False),
        ("keras Net-without-head keras", {"loads": False, "reason": HEADLESS}, True),
        ("keras Net-without-head keras", {"loads": False, "reason": "stopped: no memory"}, False),
        ("keras Net-without-head keras", LOADED | {"cosine": 1.0}, False),
    ],
)
def test_a_row_is_right_or_not(row: str, one: dict[str, Any], right: bool) -> None:
    assert is_right(row, one) is right
    written = page({row: one}, known=7)
    assert f"{int(right)} rows are right" in written and "of the 7 networks" in written
    (line,) = (text for text in written.splitlines() if text.startswith("| Net"))
    assert line.count("|") == 10 and ("✘" in line) is not right


def test_the_cosine_is_that_of_the_weighted_maps() -> None:
    rng = np.random.default_rng(0)
    activations, gradients = (rng.normal(size=(3, 4, 5, 6)).astype(np.float32) for _ in range(2))
    assert cosine((activations, gradients), (2 * activations, gradients)) == 1
    other = gradients.copy()
    other[1] *= -1
    assert cosine((activations, gradients), (activations, other)) == -1
