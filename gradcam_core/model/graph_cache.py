"""Frozen graphs kept by content: the second audit of a model neither imports Keras nor builds layers."""

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from gradcam_core.base.partial import partial_folder
from gradcam_core.model import backend
from gradcam_core.model.choices import Choices
from gradcam_core.model.freeze import Frozen

GRAPH, ABOUT = "graph.pb", "about.json"
MADE_BY = (
    "allowed_keras.py",
    "allowed_operations.py",
    "augmentation.py",
    "choices.py",
    "code_check.py",
    "containers.py",
    *(
        path.relative_to(Path(__file__).parent).as_posix()
        for path in sorted((Path(__file__).parent / "exchange").rglob("*.py"))
    ),
    "formats.py",
    "freeze.py",
    "groups.py",
    "load.py",
    "load_keras.py",
    "load_saved.py",
    "load_v1.py",
    "opening.py",
    "saved_graph.py",
)


def frozen_or_kept(folder: Path, sha256: str, choices: Choices, make: Callable[[], Frozen]) -> Frozen:
    """The graph kept in ``folder`` for a model file of this content, else what ``make`` gives, kept.

    Only what passed the check for code is found again without ``trust_code``: the two never mix, nor do
    outputs and sizes.
    """
    place = folder / f"frozen-{_key(sha256, choices)}"
    if (place / ABOUT).is_file():
        return read(place)
    frozen = make()
    with contextlib.suppress(OSError):  # a read-only disk costs time, nothing else
        keep(frozen, place)
    return frozen


def _key(sha256: str, choices: Choices) -> str:
    """Another file, another TensorFlow or Keras, or other code that freezes is another entry."""
    code = [(Path(__file__).parent / name).read_bytes() for name in MADE_BY]
    versions = [version(name) for name in ("tensorflow", "keras", "tf_keras", "openvino")]
    text = json.dumps([sha256, asdict(choices), versions]).encode()
    return hashlib.sha256(b"\0".join([text, *code])).hexdigest()[:32]


def read(place: Path) -> Frozen:
    """The graph that :func:`keep` wrote to ``place``."""
    definition = backend.tensorflow().compat.v1.GraphDef()
    definition.ParseFromString((place / GRAPH).read_bytes())
    about = json.loads((place / ABOUT).read_text(encoding="utf-8"))
    return Frozen(
        definition,
        about["source"],
        about["result"],
        about["layer_of"],
        about["batch"],
        tuple(about["notes"]),
    )


def keep(frozen: Frozen, place: Path) -> None:
    """Write ``frozen`` as the folder ``place``; other processes see the whole entry or nothing."""
    about = {
        "source": frozen.source,
        "result": frozen.result,
        "layer_of": frozen.layer_of,
        "batch": frozen.batch,
        "notes": frozen.notes,
    }
    with partial_folder(place.parent) as partial:
        (partial / GRAPH).write_bytes(frozen.definition.SerializeToString())
        (partial / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        partial.rename(place)
