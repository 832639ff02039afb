"""Refuse model files that hold or name code, before anything of them is loaded.

What Keras gets afterwards is the configuration that was checked here, never the file's own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from gradcam_core.base.errors import UntrustedModelError
from gradcam_core.model import allowed_keras as allowed
from gradcam_core.model.exchange.onnx_file import read_onnx
from gradcam_core.model.exchange.tflite_file import check_operators
from gradcam_core.model.formats import ModelFile
from gradcam_core.model.saved_graph import checked_saved_model

EXPECTED = "a model file without code"
TRUST = "if you know where it comes from, say that you trust it (--trust-code)"
TRAINING_ONLY = frozenset({"compile_config", "training_config", "optimizer_config"})
LOOKED_UP = (
    "activation",
    "initializer",
    "regularizer",
    "constraint",
)  # ends of keys whose text names something

ROOTS = ("keras", "tf_keras")
_FUNCTION_MODULES = ("builtins", "activations", "src.activations", "src.activations.activations")


def export_advice(name: str) -> str:
    """What to do about a class that the file names and nobody here has: three lines that work."""
    return (
        "its code is not in the file. Where that class is at hand, run: import keras (or tf_keras) "
        f'and the module with your class; model = keras.models.load_model("{name}"); '
        'model.export("exported") '
        "– then give the folder exported as the model"
    )


def checked(file: ModelFile) -> ModelFile:
    """``file`` with the configuration that may be loaded: checked, without what only training needs.

    Reads it as data; nothing of the model is loaded or run.

    Raises:
        UntrustedModelError: it holds code, or names a class, function or operation that is not on the lists
            (:mod:`gradcam_core.model.allowed_keras`, :mod:`gradcam_core.model.allowed_operations`).
    """
    if file.kind == "saved-model":
        return replace(file, config=checked_saved_model(file.path))
    if file.kind == "onnx":
        return replace(file, config=read_onnx(file.path))
    if file.kind == "tflite":
        check_operators(file.path)
        return file
    check = _Check()
    config = check.of(file.config)
    if check.code:
        raise UntrustedModelError(EXPECTED, ", ".join(sorted(check.code)[:6]), TRUST)
    if check.unknown:
        raise UntrustedModelError(
            "a model of Keras's own layers",
            ", ".join(sorted(check.unknown)[:6]),
            export_advice(file.path.name),
        )
    return replace(file, config=config)


@dataclass
class _Check:
    """Walks through a configuration; collects what holds code and what is not known."""

    code: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def of(self, node: Any, inside: str = "", key: str = "") -> Any:
        """A copy of ``node`` as it may be loaded; ``inside`` is the layer's name, ``key`` its place."""
        if isinstance(node, list):
            return [self.of(item, inside, key) for item in node]
        if isinstance(node, str) and key.endswith(LOOKED_UP) and node not in REFERENCES:
            self.unknown.add(f"unknown {key} {node[:80]!r} in {inside!r}")
        if not isinstance(node, dict):
            return node
        config = node.get("config")
        name = str(config.get("name", inside))[:80] if isinstance(config, dict) else inside
        if "class_name" in node:
            node = self._named(node, name)
        return {
            label: self.of(value, name, str(label))
            for label, value in node.items()
            if label not in TRAINING_ONLY
        }

    def _named(self, node: dict[str, Any], inside: str) -> dict[str, Any]:
        """``node`` names a class or function: noted where not on the list, spelled out where it is."""
        kind = node["class_name"]
        module = node.get("module")
        if kind in allowed.VALUES and not module:
            return node
        if isinstance(kind, str) and kind in allowed.LEFT_OUT:
            self.code.add(f"{kind} layer {inside!r} ({allowed.LEFT_OUT[kind]})")
        elif kind == "function":
            if f"{module}.{node.get('config')}" not in FUNCTIONS:
                self.unknown.add(f"unknown function {module}.{node.get('config')} in {inside!r}")
            return node | {"registered_name": node.get("config")}
        elif not isinstance(kind, str) or (f"{module}.{kind}" if module else kind) not in CLASSES:
            self.unknown.add(
                f"unknown class {kind}" + (f" in {inside!r}" if inside else ", the model itself")
            )
        elif kind in allowed.CALLING_LAYERS:
            self.code.update(_forbidden_call(node, inside))
        return _spelled_out(node)


def _forbidden_call(node: dict[str, Any], inside: str) -> Iterator[str]:
    """A layer of Keras 2 that calls a function of TensorFlow, or a method of a tensor, by name."""
    field_name = allowed.CALLING_LAYERS[node["class_name"]]
    config = node.get("config")
    called = config.get(field_name) if isinstance(config, dict) else None
    known = allowed.TENSORFLOW_FUNCTIONS if field_name == "function" else allowed.TENSOR_ATTRIBUTES
    if called not in known:
        yield f"a call of {str(called)[:80]} in layer {inside!r}"


def _spelled_out(node: dict[str, Any]) -> dict[str, Any]:
    """Without a name from a registry of the process; an operation in an old ``.h5`` gets its module.

    There "Subtract" may be a layer or an operation of Keras 3; only layers say whether they are trainable.
    """
    if node.get("module"):
        return node | {"registered_name": None}
    config = node.get("config")
    module = _MODULE_OF_OPERATION.get(node["class_name"])
    if module and isinstance(config, dict) and "trainable" not in config and "dtype" not in config:
        return node | {"module": module, "registered_name": None}
    return node


def _full_names() -> Iterator[str]:
    """Every allowed class, by its full name and, as old ``.h5`` files write it, by its name alone."""
    public = {
        "layers": allowed.LAYERS + allowed.AUGMENTATION,
        "layers.experimental": allowed.LAYERS,
        "layers.experimental.preprocessing": allowed.LAYERS + allowed.AUGMENTATION,
        "models": allowed.MODELS,
        "src.models.functional": allowed.MODELS,
        "src.engine.functional": allowed.MODELS,
        "engine.functional": allowed.MODELS,
        "initializers": allowed.INITIALISERS,
        "regularizers": allowed.REGULARISERS,
        "constraints": allowed.CONSTRAINTS,
        "mixed_precision": allowed.POLICIES,
        "dtype_policies": allowed.POLICIES,
        "quantizers": allowed.QUANTISERS,
        "src.layers.core.tf_op_layer": list(allowed.CALLING_LAYERS),
        "layers.core.tf_op_layer": list(allowed.CALLING_LAYERS),
        **{f"src.applications.{module}": names for module, names in allowed.OF_APPLICATIONS.items()},
        **{f"src.ops.{module}": names for module, names in allowed.OPERATIONS.items()},
    }
    for module, names in public.items():
        for name in names:
            yield name
            yield from (f"{root}.{module}.{name}" for root in ROOTS)
    for name in allowed.MODELS + allowed.POLICIES:
        yield from (f"{root}.{name}" for root in ROOTS)
    yield "Custom>CustomScaleLayer"  # the name by which Keras 2 itself registers it


CLASSES = frozenset(_full_names())
FUNCTIONS = frozenset(
    f"{module if module == 'builtins' else f'{root}.{module}'}.{name}"
    for root in ROOTS
    for module in _FUNCTION_MODULES
    for name in allowed.ACTIVATIONS
)
REFERENCES = frozenset(
    allowed.ACTIVATIONS + allowed.INITIALISERS + allowed.REGULARISERS + allowed.CONSTRAINTS + allowed.LAYERS
)
_MODULE_OF_OPERATION = {
    name: f"keras.src.ops.{module}" for module, names in allowed.OPERATIONS.items() for name in names
}
