"""Refuse model files that hold code, before anything of them is loaded."""

import importlib
from collections.abc import Iterator, Sequence
from typing import Any

from gradcam_core.base.errors import ModelError, UntrustedModelError
from gradcam_core.model import backend
from gradcam_core.model.formats import SAVED_MODEL_FILE, ModelFile

TODO = "if you know where it comes from, say that you trust it (--trust-code)"
EXPECTED = "a model file without code"

# Classes of Keras itself that carry code, or that fetch other files when they are loaded.
HOLDS_CODE = frozenset(
    {
        "Lambda",
        "__lambda__",
        "TorchModuleWrapper",
        "TFSMLayer",
        "JaxLayer",
        "FlaxLayer",
        "StringLookup",
        "IntegerLookup",
        "TextVectorization",
        "Hashing",
    }
)
BUILT_IN = frozenset(
    {
        "Functional",
        "Model",
        "Sequential",
        "DTypePolicy",
        "Policy",
        "TFOpLambda",
        "SlicingOpLambda",
        "ClassMethod",
        "InstanceMethod",
        "__keras_tensor__",
        "__tuple__",
        "__list__",
        "__numpy__",
        "__tensor__",
        "slice",
    }
)
TRAINING_ONLY = frozenset({"compile_config", "training_config", "optimizer_config"})
# Operations that run Python or reach files.
REACHES_OUT = frozenset(
    {
        "PyFunc",
        "PyFuncStateless",
        "EagerPyFunc",
        "ReadFile",
        "WriteFile",
        "MatchingFiles",
        "LoadLibrary",
    }
)


def check_operations(definition: Any) -> None:
    """Raise ``UntrustedModelError`` where a graph (GraphDef) holds operations that reach out of it."""
    nodes = [
        *definition.node,
        *(node for function in definition.library.function for node in function.node_def),
    ]
    found = sorted({f"{node.op} in {node.name}" for node in nodes if node.op in REACHES_OUT})
    if found:
        raise UntrustedModelError(EXPECTED, ", ".join(found[:6]), TODO)


def check(file: ModelFile) -> None:
    """Raise ``UntrustedModelError`` where ``file`` holds code, names its own classes, or reaches out.

    Reads the layers' configuration as data; nothing of the model is loaded or run.
    """
    if file.kind == "saved-model":
        check_operations(_saved_graph(file))
        return
    found = _unknown(file, (file.library,)) and _unknown(file, (2, 3))  # the other Keras takes seconds
    if found:
        raise UntrustedModelError(EXPECTED, ", ".join(found[:6]), TODO)


def _unknown(file: ModelFile, libraries: Sequence[int]) -> list[str]:
    return sorted(set(_suspects(file.config, _known_classes(libraries))))


def _saved_graph(file: ModelFile) -> Any:
    backend.tensorflow()
    reader = importlib.import_module("tensorflow.core.protobuf.saved_model_pb2").SavedModel()
    try:
        reader.ParseFromString((file.path / SAVED_MODEL_FILE).read_bytes())
        return reader.meta_graphs[0].graph_def
    except Exception as error:
        raise ModelError(
            "a readable SavedModel", f"{file.path.name}: {error}", "export it again"
        ) from error


def _known_classes(libraries: Sequence[int]) -> frozenset[str]:
    """Names that these Keras define themselves, wherever a configuration may mention them."""
    names = set(BUILT_IN)
    for major in libraries:
        library = backend.keras_library(major)
        for space in ("layers", "initializers", "regularizers", "constraints", "activations", "models"):
            names.update(dir(getattr(library, space)))
    return frozenset(names)


def _suspects(node: Any, known: frozenset[str], inside: str = "") -> Iterator[str]:
    """ "class 'layer name'" of everything in a configuration that holds code or is not Keras's own."""
    if isinstance(node, list):
        for item in node:
            yield from _suspects(item, known, inside)
    if not isinstance(node, dict):
        return
    config = node.get("config")
    name = str(config.get("name", inside)) if isinstance(config, dict) else inside
    kind = node.get("class_name")
    if isinstance(kind, str) and "config" in node and not _is_kerass_own(node, kind, known):
        yield f"{kind} layer {name!r}" if kind in HOLDS_CODE else f"unknown class {kind} in {name!r}"
    for key, value in node.items():
        if key not in TRAINING_ONLY:
            yield from _suspects(value, known, name)


def _is_kerass_own(node: dict[str, Any], kind: str, known: frozenset[str]) -> bool:
    if kind in HOLDS_CODE:
        return False
    module = str(node.get("module") or "keras").split(".")[0]
    if kind == "function":
        return module in ("keras", "tf_keras", "builtins") and str(node["config"]) in known
    return kind in known and module in ("keras", "tf_keras", "builtins")
