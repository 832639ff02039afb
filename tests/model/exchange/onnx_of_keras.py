"""ONNX files made of the weights of small Keras networks, channels first as PyTorch writes them."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Node = Any


def save(
    path: Path,
    nodes: list[Node],
    weights: dict[str, np.ndarray],
    shape: tuple[Any, ...],
    outputs: dict[str, tuple[Any, ...]],
    opset: int = 17,
    **more: Any,
) -> Path:
    """A file with one input ``x``; ``outputs`` name -> shape; ``more`` goes to the model."""
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in outputs.items()],
        [numpy_helper.from_array(np.asarray(value), name) for name, value in weights.items()],
    )
    imports = [helper.make_opsetid("", opset), *more.pop("imports", [])]
    model = helper.make_model(graph, opset_imports=imports, producer_name="tests", **more)
    model.ir_version = 8
    onnx.save(model, path)
    return path


def node(kind: str, reads: str, makes: str, **attributes: Any) -> Node:
    """``reads`` and ``makes`` are names with spaces between."""
    return helper.make_node(
        kind, reads.split(), makes.split(), name=f"/{makes.split(maxsplit=1)[0]}/{kind}", **attributes
    )


def channels_first(
    model: Any, path: Path, batch: Any = "batch", opset: int = 17, probabilities: bool = True
) -> Path:
    """The Keras network of :func:`tests.model.exchange.networks.small`, as PyTorch would write it."""
    w = {layer.name: [np.asarray(one) for one in layer.get_weights()] for layer in model.layers}
    gamma, beta, mean, variance = w["norm"]
    weights = {
        "first.weight": w["first"][0].transpose(3, 2, 0, 1),
        "gamma": gamma,
        "beta": beta,
        "mean": mean,
        "variance": variance,
        "deep.weight": w["deep"][0].transpose(2, 3, 0, 1),
        "deep.bias": w["deep"][1],
        "last.weight": w["last"][0].transpose(3, 2, 0, 1),
        "last.bias": w["last"][1],
        "head.weight": w["head"][0].T.copy(),
        "head.bias": w["head"][1],
    }
    nodes = [
        node("Conv", "x first.weight", "first", strides=[2, 2], pads=[0, 0, 1, 1]),
        node(
            "BatchNormalization",
            "first gamma beta mean variance",
            "norm",
            epsilon=model.get_layer("norm").epsilon,
        ),
        node("Relu", "norm", "active"),
        node("Conv", "active deep.weight deep.bias", "deep", pads=[1, 1, 1, 1], group=gamma.size),
        node("Relu", "deep", "deep_active"),
        node("MaxPool", "deep_active", "pooled", kernel_shape=[2, 2], strides=[2, 2]),
        node("Conv", "pooled last.weight last.bias", "last", pads=[1, 1, 1, 1]),
        node("Sigmoid", "last", "gate"),
        node("Mul", "last gate", "top"),
        node("GlobalAveragePool", "top", "mean_of_all"),
        node("Flatten", "mean_of_all", "row"),
        node("Gemm", "row head.weight head.bias", "logits", transB=1),
    ]
    nodes += [node("Softmax", "logits", "probabilities", axis=1)] if probabilities else []
    height, width, channels = model.input_shape[1:]
    answer = {"probabilities" if probabilities else "logits": (batch, w["head"][1].size)}
    return save(path, nodes, weights, (batch, channels, height, width), answer, opset)
