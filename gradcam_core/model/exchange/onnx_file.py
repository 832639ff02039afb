"""An ONNX file looked at before any library opens it: its operations, where its weights lie, its sizes.

The numbers are those of the fields in onnx.proto (github.com/onnx/onnx).
"""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gradcam_core.base.errors import ModelError, UntrustedModelError
from gradcam_core.base.inside import below, irregular
from gradcam_core.base.protobuf import fields, messages, text

MODEL_VERSION, MODEL_PRODUCER, MODEL_PRODUCER_VERSION, MODEL_GRAPH, MODEL_FUNCTION = 1, 2, 3, 7, 25
GRAPH_NODE, GRAPH_INITIALISER, GRAPH_SPARSE = 1, 5, 15
NODE_NAME, NODE_KIND, NODE_ATTRIBUTE, NODE_DOMAIN = 3, 4, 5, 7
ATTRIBUTE_TENSOR, ATTRIBUTE_GRAPH, ATTRIBUTE_TENSORS, ATTRIBUTE_GRAPHS = 5, 6, 10, 11
FUNCTION_NODE, FUNCTION_DOMAIN = 7, 10
TENSOR_EXTERNAL = 13
ENTRY_KEY, ENTRY_VALUE = 1, 2
STANDARD = frozenset(("", "ai.onnx"))
LARGEST = 2**31 - 1  # bytes, protobuf's own limit
DEPTH, NODES = 8, 200_000
NEWEST = 100  # versions of the format stand near 10
EXPECTED = "an ONNX network of standard operations that holds its own weights"
TODO = "export the network alone, without custom operators, for example with torch.onnx.export"


@dataclass(frozen=True)
class OnnxFile:
    """Attributes:
    producer: what wrote it, in words; "" where it does not say.
    external: files beside it that hold weights.
    """

    producer: str
    external: tuple[Path, ...]


def is_onnx(path: Path) -> bool:
    """It is a protobuf message that begins as ONNX files do, with a version of the format and a graph."""
    try:
        found = dict(fields(_content(path)))
    except (ValueError, OSError):
        return False
    version = found.get(MODEL_VERSION)
    return isinstance(version, int) and 0 < version < NEWEST and MODEL_GRAPH in found


def read_onnx(path: Path) -> OnnxFile:
    """What is to be known of ``path`` before it is opened.

    Raises:
        UntrustedModelError: operations outside the standard, or weights outside the model's folder.
        ModelError: damaged, too large, or weights beside it are missing or cut off.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise ModelError(EXPECTED, f"{path.name} has {size:,} bytes, more than ONNX allows", TODO)
    try:
        return _read(path, _content(path))
    except (ValueError, RecursionError) as error:
        raise ModelError(
            "a readable ONNX file", f"{path.name} is damaged: {error}", "copy or download it again"
        ) from error


def _content(path: Path) -> memoryview:
    """The file's bytes, read when they are looked at; let go of with the last part that somebody holds."""
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def companions(path: Path) -> tuple[Path, ...]:
    """Files beside the model at ``path`` that hold its weights; none where it is no sound ONNX file."""
    if path.is_dir() or not is_onnx(path):
        return ()
    try:
        return read_onnx(path).external
    except ModelError:
        return ()


def _read(path: Path, content: memoryview) -> OnnxFile:
    own = {text(function, FUNCTION_DOMAIN) for function in messages(content, MODEL_FUNCTION)}
    graphs = [(graph, GRAPH_NODE) for graph in messages(content, MODEL_GRAPH)]
    functions = [(function, FUNCTION_NODE) for function in messages(content, MODEL_FUNCTION)]
    external: set[str] = set()
    strange: set[str] = set()
    count = 0
    for part, place in graphs + functions:
        for kind, name, domain in _nodes(part, place, external, DEPTH):
            count += 1
            if domain not in STANDARD | own:
                strange.add(f"{kind} of {domain[:60]!r} in {name[:80]!r}")
    if strange:
        raise UntrustedModelError(EXPECTED, ", ".join(sorted(strange)[:6]), TODO)
    if count > NODES:
        raise ModelError(EXPECTED, f"{count:,} operations in {path.name}", TODO)
    files = tuple(_beside(path, location) for location in sorted(external))
    words = [text(content, MODEL_PRODUCER), text(content, MODEL_PRODUCER_VERSION)]
    return OnnxFile(" ".join(filter(None, words))[:80], files)


def _nodes(part: memoryview, place: int, external: set[str], depth: int) -> Iterator[tuple[str, str, str]]:
    """Kind, name and domain of all operations of a graph or function, and of graphs inside them."""
    if not depth:
        raise ValueError(f"graphs in graphs, more than {DEPTH} deep")
    if place == GRAPH_NODE:
        for tensor in messages(part, GRAPH_INITIALISER):
            _note(tensor, external)
        for sparse in messages(part, GRAPH_SPARSE):
            for tensor in messages(sparse, 1, 2):
                _note(tensor, external)
    for node in messages(part, place):
        yield text(node, NODE_KIND), text(node, NODE_NAME), text(node, NODE_DOMAIN)
        for attribute in messages(node, NODE_ATTRIBUTE):
            for tensor in messages(attribute, ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS):
                _note(tensor, external)
            for graph in messages(attribute, ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS):
                yield from _nodes(graph, GRAPH_NODE, external, depth - 1)


def _note(tensor: memoryview, external: set[str]) -> None:
    for entry in messages(tensor, TENSOR_EXTERNAL):
        if text(entry, ENTRY_KEY) == "location":
            external.add(text(entry, ENTRY_VALUE))


def _beside(path: Path, location: str) -> Path:
    """The file that holds weights, which has to lie in the model's own folder."""
    parts = PurePosixPath(location)
    if parts.is_absolute() or ".." in parts.parts or "\\" in location or ":" in location or not location:
        raise UntrustedModelError(EXPECTED, f"weights of {path.name} in {location[:120]!r}", TODO)
    file = path.parent / location
    below(path.parent, file, UntrustedModelError)
    if problem := irregular(file):
        raise ModelError(
            EXPECTED,
            f"{path.name} has its weights in {location[:120]!r}, which is not there ({problem})",
            "put that file beside the model, or export it again in one file",
        )
    return file
