"""Engines that run the network from its input to any of its tensors, forward only."""

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from gradcam_core.model import backend
from gradcam_core.model.freeze import Frozen
from gradcam_core.types import Floats

IR_FILE = "model.xml"


class Runner(Protocol):
    """Network input (N, H, W, C) -> the named tensors, arrays or tensors of the engine."""

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, Any]: ...


class TensorFlowRunner:
    """The frozen graph pruned to the tensors that are wanted; one function per set of names."""

    def __init__(self, frozen: Frozen) -> None:
        tf = backend.tensorflow()
        definition = frozen.definition
        self._graph = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(definition, name=""), [])
        self._source = frozen.source
        self._functions: dict[tuple[str, ...], Any] = {}

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, Any]:
        values = self.between((self._source,), names)(backend.tensorflow().constant(chunk))
        return dict(zip(names, values, strict=True))

    def between(self, feeds: Sequence[str], fetches: Sequence[str]) -> Any:
        """The part of the graph from the tensors ``feeds`` to ``fetches`` as a function."""
        key = (*feeds, "->", *fetches)
        if key not in self._functions:
            tensor = self._graph.graph.get_tensor_by_name
            self._functions[key] = self._graph.prune(
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
        self._queues: dict[tuple[str, ...], Any] = {}
        self._lock = Lock()  # a queue serves one caller at a time

    def run(self, chunk: Floats, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        with self._lock:
            return self._answers(chunk, names)

    def _answers(self, chunk: Floats, names: Sequence[str]) -> dict[str, NDArray[Any]]:
        queue = self._queue(tuple(names))
        results: dict[str, NDArray[Any]] = {}

        def collect(request: Any, start: int) -> None:
            for position, name in enumerate(names):
                part = request.get_output_tensor(position).data
                if name not in results:
                    results.setdefault(name, np.empty((len(chunk), *part.shape[1:]), part.dtype))
                results[name][start : start + self._size] = part

        queue.set_callback(collect)
        for start in range(0, len(chunk), self._size):
            queue.start_async({0: chunk[start : start + self._size]}, start)
        queue.wait_all()
        return results

    def _queue(self, names: tuple[str, ...]) -> Any:
        if names not in self._queues:
            openvino = backend.openvino()
            nodes = [self._model.output(self._outputs[name]).get_node().input_value(0) for name in names]
            part = openvino.Model(nodes, self._model.get_parameters())
            compiled = self._core.compile_model(part, "CPU", self._options)
            self._queues[names] = openvino.AsyncInferQueue(compiled)
        return self._queues[names]


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
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        backend.openvino().save_model(model, partial / IR_FILE, compress_to_fp16=False)
        partial.rename(folder)
    except OSError:
        shutil.rmtree(partial, ignore_errors=True)
        raise


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
