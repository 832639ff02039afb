"""Freeze: a loaded model becomes one flat graph of operations with constants, whatever wrote it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gradcam_core.base.errors import ModelError
from gradcam_core.model import backend
from gradcam_core.model.augmentation import without_augmentation
from gradcam_core.model.groups import without_groups
from gradcam_core.model.load import LoadedModel, short
from gradcam_core.model.load_keras import recording
from gradcam_core.model.saved_graph import check_operations

CALLS = frozenset({"PartitionedCall", "StatefulPartitionedCall"})
FLAT = "_flat"
CHANNELS_LAST = (
    "kernels are stored alike in both orders: after keras.backend.set_image_data_format('channels_last') "
    "build the same network, call set_weights(model.get_weights()) of it and save that (not where Flatten "
    "comes before a dense layer: its weights have another order); or give an ONNX file, which may have "
    "channels first"
)
COMPILED_AS_A_WHOLE = ("_XlaMustCompile", "_XlaHasReferenceVars", "_noinline")


@dataclass(frozen=True)
class Frozen:
    """A graph without variables: ``definition`` (GraphDef), names of the input and output tensors,
    layer names by tensor, the fixed batch size (None where any batch is accepted), and what a user should
    know about how it was made."""

    definition: Any = field(repr=False)
    source: str
    result: str
    layer_of: dict[str, str] = field(repr=False)
    batch: int | None
    notes: tuple[str, ...] = ()

    def graph(self) -> Any:
        """A fresh TensorFlow graph of the definition."""
        tf = backend.tensorflow()
        graph = tf.Graph()
        with graph.as_default():
            tf.import_graph_def(self.definition, name="")
        return graph


def freeze(model: LoadedModel, trust_code: bool = False) -> Frozen:
    """Trace ``model`` in inference mode on float32 pictures and turn its variables into constants.

    Raises:
        ModelError: the input is none of pictures or features, or variables change while it predicts.
        UntrustedModelError: without ``trust_code``, an operation of the graph is not on the list.
    """
    tf = backend.tensorflow()
    check_input(model.shape)
    layer_of: dict[str, str] = {}

    def call(x: Any) -> Any:
        with recording(model.library, layer_of):
            return tf.identity(model.call(tf.cast(x, model.dtype)), name="frozen_result")

    spec = tf.TensorSpec(model.shape, tf.float32)
    concrete = tf.function(call, autograph=False).get_concrete_function(spec)
    frozen = _flat(_constant(concrete))
    source, result = frozen.inputs[0].name, frozen.outputs[0].name
    definition = _network_only(frozen.graph.as_graph_def(), [source, result])
    definition, random = without_augmentation(definition, source, result)
    definition = without_groups(_network_only(definition, [source, result]))
    if not trust_code:
        check_operations(definition)
    notes = (f"taken out, because the export left it switched on: {', '.join(random)}",) if random else ()
    return Frozen(definition, source, result, layer_of, model.shape[0], notes)


def _constant(concrete: Any) -> Any:
    try:
        return backend.inference_only_constants()(concrete, lower_control_flow=False)
    except (ValueError, KeyError, NotImplementedError) as error:
        raise ModelError(
            "a model whose variables do not change while it predicts",
            short(error),
            "save it as .keras, or export it without its augmentation layers",
        ) from error


def _flat(frozen: Any) -> Any:
    """``frozen`` without calls that were left in it because they were to be compiled as a whole.

    Keras compiles grouped convolutions that way; such a call has no gradient, its content has.
    """
    definition = frozen.graph.as_graph_def()
    if not any(node.op in CALLS for node in definition.node):
        return frozen
    for function in definition.library.function:
        function.signature.name += FLAT  # this process knows the function under its old name
        for name in COMPILED_AS_A_WHOLE:
            function.attr.pop(name, None)
    for node in _all_nodes(definition):
        if node.op in CALLS:
            node.attr["f"].func.name += FLAT
        for name in COMPILED_AS_A_WHOLE:
            node.attr.pop(name, None)
    names = [frozen.inputs[0].name, frozen.outputs[0].name]
    tf = backend.tensorflow()
    wrapped = tf.compat.v1.wrap_function(lambda: tf.import_graph_def(definition, name=""), [])
    return _constant(wrapped.prune(*[[wrapped.graph.get_tensor_by_name(name)] for name in names]))


def _all_nodes(definition: Any) -> Iterator[Any]:
    yield from definition.node
    for function in definition.library.function:
        yield from function.node_def


def _network_only(definition: Any, tensors: list[str]) -> Any:
    """Drop the edges that only order side effects (they forbid a cut) and what the ``tensors`` do not
    need, such as the random state of augmentation layers."""
    for node in definition.node:
        data = [name for name in node.input if not name.startswith("^")]
        del node.input[:]
        node.input.extend(data)
        # a gradient written by hand (swish) lives in the process that traced it; the plain one is exact
        node.attr.pop("_gradient_op_type", None)
    operations = [name.split(":")[0] for name in tensors]
    return backend.tensorflow().compat.v1.graph_util.extract_sub_graph(definition, operations)


def check_input(shape: tuple[int | None, ...]) -> None:
    """Raise ``ModelError`` unless ``shape`` is known and that of pictures or of features of sounds.

    Pictures: (batch, height, width, 1 or 3). Features: (batch, frames, bands), or flat.
    """
    found = f"an input of shape {tuple('any' if axis is None else axis for axis in shape)}"
    expected = (
        "a model of pictures, input (batch, height, width, 1 or 3 channels), or of a sound's features, "
        "(batch, frames, bands) or flat"
    )
    if len(shape) not in (2, 3, 4):
        raise ModelError(expected, found, "choose an image or audio model")
    if len(shape) == 4 and shape[3] not in (1, 3):
        if shape[1] in (1, 3):
            raise ModelError(expected, f"{found}: channels first", CHANNELS_LAST)
        raise ModelError(expected, f"{found}: {shape[3]} channels", "choose a model with 1 or 3 channels")
    if None in shape[1:]:
        raise ModelError(
            expected, f"{found}: height or width is open", "save the model with a fixed input size"
        )
