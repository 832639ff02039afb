"""The layers that can be explained."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gradcam_core.base.errors import ModelError
from gradcam_core.model import inspect_model, open_explainer

Saved = Callable[[str], Path]


def test_candidates_are_merged_chains_in_order_of_depth(saved: Saved) -> None:
    info = inspect_model(saved("pooled"))
    assert [(layer.name, layer.grid) for layer in info.layers] == [
        ("stem_swish", (12, 20)),
        ("inside", (12, 20)),
        ("joined", (12, 20)),
        ("smaller", (6, 10)),
        ("last", (6, 10)),
    ]
    assert info.classic.name == "last"
    assert info.fine is not None
    assert info.fine.name == "joined"
    assert (info.height, info.width, info.channels) == (24, 40, 3)
    assert "6×10" in info.why
    assert "12×20" in info.why
    assert len(info.sha256) == 64


def test_any_layer_can_be_chosen_by_its_keras_name_or_operation(saved: Saved) -> None:
    explainer = open_explainer(saved("pooled"), classic="stem_norm", maps=("classic",), engine="tensorflow")
    assert explainer.layers["classic"].grid == (12, 20)
    with pytest.raises(ModelError, match=r"joined \(12×20\).*'no_such_layer'"):
        open_explainer(saved("pooled"), classic="no_such_layer", engine="tensorflow")
    with pytest.raises(ModelError, match="tensorflow, openvino"):
        open_explainer(saved("pooled"), engine="warp")
