"""Every operation of TensorFlow that is not on the list, at each place of a SavedModel: refused by name."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradcam_core.base.errors import UntrustedModelError
from gradcam_core.model.allowed_operations import OPERATIONS, SAVERS_WORDS, SAVING
from gradcam_core.model.saved_graph import SAVED_MODEL_FILE, checked_saved_model, read_saved_model
from tests.model import hostile
from tests.model.test_hostile_graphs import network

WHOLE = os.environ.get("HOSTILE") == "whole"


def _in_graph(message: Any) -> Any:
    return message.meta_graphs[0].graph_def.node.add()


def _in_another_graph(message: Any) -> Any:
    other = message.meta_graphs.add()
    other.CopyFrom(message.meta_graphs[0])
    return other.graph_def.node.add()


def _in_the_networks_function(message: Any) -> Any:
    functions = message.meta_graphs[0].graph_def.library.function
    return next(
        one for one in functions if any(node.op == "Conv2D" for node in one.node_def)
    ).node_def.add()


def _in_a_new_function(message: Any) -> Any:
    function = message.meta_graphs[0].graph_def.library.function.add()
    function.signature.name = "nobody_calls_me"
    return function.node_def.add()


def _before_the_saver(message: Any) -> Any:
    """Something that the saver's result is made of, so that it looks like a part of the saver."""
    meta = message.meta_graphs[0]
    nodes = {node.name: node for node in meta.graph_def.node}
    end = nodes[meta.saver_def.save_tensor_name.split(":")[0]]
    end.input.append("^quiet")
    return meta.graph_def.node.add()


PLACES: tuple[Callable[[Any], Any], ...] = (
    _in_graph, _in_another_graph, _in_the_networks_function, _in_a_new_function, _before_the_saver,
)  # fmt: skip


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.saved_model(tmp_path_factory.mktemp("healthy") / "model", network)


def operations() -> list[str]:
    """All operations of this TensorFlow that are not on the list, and two that it does not know."""
    import tensorflow as tf

    names = [name for name in dir(tf.raw_ops) if name[0].isupper()]
    return [*(name for name in names if name not in OPERATIONS), "FlexDelegate", "Custom>Mine"]


def test_every_operation_that_is_not_on_the_list(healthy: Path) -> None:
    message, file = read_saved_model(healthy), healthy / SAVED_MODEL_FILE
    tried = 0
    for number, operation in enumerate(operations()):
        for place in PLACES if WHOLE else (PLACES[number % len(PLACES)],):
            spoiled = type(message)()
            spoiled.CopyFrom(message)
            if place is _before_the_saver and operation in SAVING | SAVERS_WORDS:
                continue  # is taken out with the saver, and never run
            node = place(spoiled)
            node.name, node.op = "quiet", operation
            file.write_bytes(spoiled.SerializeToString())
            with pytest.raises(UntrustedModelError, match=operation):
                checked_saved_model(healthy)
            tried += 1
    file.write_bytes(message.SerializeToString())
    checked_saved_model(healthy)
    assert tried > 700
