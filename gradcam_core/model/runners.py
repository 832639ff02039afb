"""Engines that run the network from its input to any of its tensors, forward only."""

import contextlib
import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.base.partial import partial_folder
from gradcam_core.base.types import Floats
from gradcam_core.model import backend
from gradcam_core.model.freeze import Frozen

IR_FILE = "model.xml"


class Runner(Protocol):
    """Network input (N, H, W, C) -> the named tensors, arrays or tensors of the engine."""

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, Any]: ...


class TensorFlowRunner:
    """The frozen graph as it is, run to the tensors that are wanted; parts of it as functions.

    Answers come from a session: to prune a function for them costs a second of processor per set of names,
    and the session does the same in C++.
    """

    def __init__(self, frozen: Frozen) -> None:
        self._frozen = frozen
        self._session = backend.tensorflow().compat.v1.Session(graph=frozen.graph())
        self._functions: dict[tuple[str, ...], Any] = {}
        self._lock = Lock()  # pruning reads the graph that other threads may be pruning

    @cached_property
    def _wrapped(self) -> Any:
        tf, definition = backend.tensorflow(), self._frozen.definition
        return tf.compat.v1.wrap_function(lambda: tf.import_graph_def(definition, name=""), [])

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        values = self._session.run(list(names), {self._frozen.source: chunk})
        return dict(zip(names, values, strict=True))

    def between(self, feeds: Sequence[str], fetches: Sequence[str]) -> Any:
        """The part of the graph from the tensors ``feeds`` to ``fetches`` as a function."""
        key = (*feeds, "->", *fetches)
        with self._lock:
            if key not in self._functions:
                tensor = self._wrapped.graph.get_tensor_by_name
                self._functions[key] = self._wrapped.prune(
                    [tensor(name) for name in feeds], [tensor(name) for name in fetches]
                )
            return self._functions[key]


class OpenVinoRunner:
    """The frozen graph on OpenVINO: requests of one picture each, as many at a time as the CPU takes.

    One picture per request measured as fast as larger ones, and a sample alone then gives exactly what
    it gives in a batch. Converted models are kept in ``cache`` under the graph's hash.
    """

    def __init__(self, frozen: Frozen, names: Sequence[str], cache: Path, precision: str) -> None:
        openvino = backend.openvino()
        self._size = frozen.batch or 1
        self._core = openvino.Core()
        unique = tuple(dict.fromkeys(names))
        self._model = _converted(self._core, frozen, unique, cache / _cache_name(frozen, unique))
        self._outputs = {name: f"out{position}" for position, name in enumerate(unique)}
        self._options = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": precision}
        self._compiled: dict[tuple[str, ...], tuple[list[Any], list[Any]]] = {}
        self._lock = Lock()  # the requests serve one caller at a time

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        with self._lock:
            return self._answers(chunk, names)

    def _answers(self, chunk: Floats, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        ports, requests = self._requests(tuple(names))
        tensor = backend.openvino().Tensor
        results = [np.empty((len(chunk), *shape), dtype) for shape, dtype in ports]
        try:
            for number, start in enumerate(range(0, len(chunk), self._size)):
                request, part = requests[number % len(requests)], slice(start, start + self._size)
                request.wait()
                request.set_input_tensor(0, tensor(chunk[part], shared_memory=True))
                for position, result in enumerate(results):  # written in place: no copy, no call back
                    request.set_output_tensor(position, tensor(result[part], shared_memory=True))
                request.start_async()
        finally:  # whatever happened, nothing may write into these arrays any more
            for request in requests:
                request.wait()
        return dict(zip(names, results, strict=True))

    def _requests(self, names: tuple[str, ...]) -> tuple[list[Any], list[Any]]:
        """Shape per picture and dtype of each output, and as many requests as run at the same time."""
        if names not in self._compiled:
            openvino = backend.openvino()
            nodes = [self._model.output(self._outputs[name]).get_node().input_value(0) for name in names]
            part = openvino.Model(nodes, self._model.get_parameters())
            compiled = self._core.compile_model(part, "CPU", self._options)
            count = compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")
            ports = [
                (tuple(port.shape)[1:], port.get_element_type().to_dtype()) for port in compiled.outputs
            ]
            self._compiled[names] = ports, [compiled.create_infer_request() for _ in range(count)]
        return self._compiled[names]


def _cache_name(frozen: Frozen, names: Sequence[str]) -> str:
    """The hash of the graph itself: another model, other tensors or another OpenVINO is another entry."""
    text = "\n".join((backend.openvino().__version__, str(frozen.batch), *names))
    content = frozen.definition.SerializeToString(deterministic=True)
    return hashlib.sha256(text.encode() + content).hexdigest()[:32]


def _converted(core: Any, frozen: Frozen, names: Sequence[str], folder: Path) -> Any:
    """The OpenVINO form of ``frozen`` with outputs out0, out1, …; from ``folder`` if it is there."""
    if (folder / IR_FILE).is_file():
        return core.read_model(folder / IR_FILE)
    model = backend.openvino().convert_model(_function(frozen, names))
    with contextlib.suppress(OSError):  # a read-only disk costs time, nothing else
        _keep(model, folder)
    return model


def _keep(model: Any, folder: Path) -> None:
    """Write the converted model; other processes see all of it or nothing."""
    with partial_folder(folder.parent) as partial:
        backend.openvino().save_model(model, partial / IR_FILE, compress_to_fp16=False)
        partial.rename(folder)


def _function(frozen: Frozen, names: Sequence[str]) -> Any:
    """The graph up to ``names`` for a batch of fixed size, as a concrete function."""
    tf = backend.tensorflow()
    operations = [name.split(":")[0] for name in names]
    needed = tf.compat.v1.graph_util.extract_sub_graph(frozen.definition, operations)
    source = frozen.graph().get_tensor_by_name(frozen.source)

    def call(x: Any) -> dict[str, Any]:
        values = tf.import_graph_def(
            needed, input_map={frozen.source: x}, return_elements=list(names), name=""
        )
        return {f"out{position}": value for position, value in enumerate(values)}

    spec = tf.TensorSpec([frozen.batch or 1, *source.shape[1:]], tf.float32)
    return tf.function(call, autograph=False).get_concrete_function(spec)
