"""The part of the network above the cut, in TensorFlow: forward, and the gradient of the target score."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

from gradcam_core.base.types import Activation
from gradcam_core.model import backend
from gradcam_core.model.cut import Section
from gradcam_core.model.runners import TensorFlowRunner


class Upper:
    """The stages above the cut. ``points`` are the tensors at which they begin, shallow to deep."""

    def __init__(
        self, graph: TensorFlowRunner, stages: Sequence[Section], points: Sequence[str], logits: str
    ) -> None:
        self._stages, self._points, self._logits = tuple(stages), tuple(points), logits
        self._graph = graph
        self._functions: list[Any] = []
        self._compiled = backend.tensorflow().function(self._gradients, autograph=False)
        self._lock = Lock()
        self._traced: dict[tuple[tuple[str, ...], Activation, int], Any] = {}

    def _make(self) -> None:
        """One function per stage, outside of any trace; takes seconds, and predictions need none."""
        with self._lock:
            if not self._functions:
                self._functions = [self._graph.between(one.feeds, one.fetches) for one in self._stages]

    def reads(self, first: int) -> set[str]:
        """Tensors that the stages from ``first`` on read but do not make."""
        later = self._stages[first:]
        made = {name for stage in later for name in stage.fetches}
        return {name for stage in later for name in stage.feeds} - made

    def forward(self, values: Mapping[str, Any], first: int = 0) -> dict[str, Any]:
        """Run the stages from ``first`` on; the given tensors and all that were made, by name."""
        tf = backend.tensorflow()
        self._make()
        known = {name: tf.constant(value) for name, value in values.items()}
        for position in range(first, len(self._stages)):
            known.update(self._one(position, known))
        return known

    def explain(
        self, values: Mapping[str, Any], targets: Any, wanted: Sequence[str], activation: Activation
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """All tensors, and d target score / d tensor for the ``wanted`` points.

        ``targets`` (N,) int; -1 means the predicted class; or (N, K) weights of the logits.
        """
        tf = backend.tensorflow()
        self._make()
        tensors = {name: tf.constant(value) for name, value in values.items()}
        key = (tuple(wanted), activation)
        asked = tf.constant(targets, tf.int32 if targets.ndim == 1 else tf.float32)
        kind = (*key, targets.ndim)
        with self._lock:
            if kind not in self._traced:  # for any batch size, so that the last batch costs no second trace
                specs = {
                    name: tf.TensorSpec([None, *one.shape[1:]], one.dtype) for name, one in tensors.items()
                }
                some = tf.TensorSpec([None, *asked.shape[1:]], asked.dtype)
                self._traced[kind] = self._compiled.get_concrete_function(specs, some, *key)
        return self._traced[kind](tensors, asked, *key)

    def _gradients(
        self, values: dict[str, Any], targets: Any, wanted: tuple[str, ...], activation: Activation
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        tf = backend.tensorflow()
        known = dict(values)
        with tf.GradientTape() as tape:
            for position, point in enumerate(self._points):
                if point in wanted:
                    tape.watch(known[point])
                known.update(self._one(position, known))
            total = tf.reduce_sum(target_score(known[self._logits], targets, activation))
        sources = {name: known[name] for name in wanted}
        return known, tape.gradient(total, sources, unconnected_gradients="zero") if wanted else {}

    def _one(self, position: int, known: Mapping[str, Any]) -> dict[str, Any]:
        stage = self._stages[position]
        results = self._functions[position](*[known[name] for name in stage.feeds])
        return dict(zip(stage.fetches, results, strict=True))


def target_score(logits: Any, targets: Any, activation: Activation) -> Any:
    """As :func:`gradcam_core.model.contract.target_scores`, in TensorFlow and with -1 for "predicted"."""
    tf = backend.tensorflow()
    logits = tf.cast(logits, tf.float32)
    if targets.shape.rank == 2:
        return tf.reduce_sum(logits * targets, axis=1)
    if logits.shape[1] != 1:
        chosen = tf.where(targets < 0, tf.argmax(logits, axis=1, output_type=tf.int32), targets)
        return tf.gather(logits, chosen, batch_dims=1)
    if activation != "sigmoid":
        return logits[:, 0]
    chosen = tf.where(targets < 0, tf.cast(logits[:, 0] > 0, tf.int32), targets)
    return tf.where(chosen == 0, -logits[:, 0], logits[:, 0])
