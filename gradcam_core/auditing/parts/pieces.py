"""A project in pieces that are computed one by one, each with a key of what determines its result."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gradcam_core import __version__
from gradcam_core.auditing.setup import Setup
from gradcam_core.base import remote_folder
from gradcam_core.base.types import MaskFile, Project, Region, Sample

PIECE = 1024  # samples; about ten seconds of work, and what a lost machine loses at most twice
PACKAGES = ("tensorflow", "openvino", "numpy", "opencv-python-headless", "pillow")


@dataclass(frozen=True)
class Piece:
    """Samples that are computed in one go; ``project`` holds only them and their regions."""

    index: int
    key: str
    project: Project


def piece_size(batch_size: int, most: int = PIECE) -> int:
    """A multiple of the batch size, so that batches are those of a run on one machine."""
    return max(1, most // batch_size) * batch_size


def cut(setup: Setup, size: int) -> list[Piece]:
    """Pieces of ``size`` samples in the project's order."""
    common, stamped = _common(setup), remote_folder.mirror_of(setup.project.root) is None
    starts = range(0, len(setup.project.samples), size)
    projects = (_only(setup.project, setup.project.samples[start : start + size]) for start in starts)
    return [Piece(index, _key(common, project, stamped), project) for index, project in enumerate(projects)]


def head(project: Project) -> Project:
    """The project without its samples: what every piece shares."""
    return _only(project, ())


def whole_key(pieces: Sequence[Piece]) -> str:
    """The name of the folder that holds these pieces' parts."""
    return hashlib.sha256("".join(piece.key for piece in pieces).encode()).hexdigest()[:16]


def joined(project: Project, pieces: Sequence[Piece]) -> Project:
    """``project`` with the samples of these pieces alone, in their order."""
    return _only(project, [sample for piece in pieces for sample in piece.project.samples])


def common_key(setup: Setup) -> str:
    """The name of the folder that holds the parts of every audit with this model and these choices."""
    return hashlib.sha256(_common(setup).encode()).hexdigest()[:16]


def _only(project: Project, samples: Sequence[Sample]) -> Project:
    ids = [sample.id for sample in samples]
    return replace(
        project,
        samples=tuple(samples),
        regions={name: project.regions[name] for name in ids if name in project.regions},
        region_notes={name: project.region_notes[name] for name in ids if name in project.region_notes},
        broken={name: project.broken[name] for name in ids if name in project.broken},
    )


def _common(setup: Setup) -> str:
    """What determines every result: model, options, input, layers, classes, versions."""
    layers = {name: [layer.name, *layer.grid] for name, layer in setup.explainer.layers.items()}
    return _json(
        [
            setup.explainer.info.sha256,
            asdict(setup.options),
            asdict(setup.spec),
            layers,
            list(setup.project.class_names),
            setup.project.task,
            str(setup.project.root),
            dict(setup.project.thresholds),
            {name: values.tobytes().hex() for name, values in setup.project.learned.items()},
            __version__,
            [version(name) for name in PACKAGES],
        ]
    )


def _key(common: str, project: Project, stamped: bool) -> str:
    digest = hashlib.sha256(common.encode())
    for text in _sample_texts(project, stamped):
        digest.update(text.encode(errors="surrogateescape"))
    return digest.hexdigest()[:32]


def _sample_texts(project: Project, stamped: bool) -> Iterator[str]:
    """What determines the results of a piece: its samples, their regions, and how old which file is."""
    for one in project.samples:
        region = project.regions.get(one.id, Region("none"))
        notes = [each.get(one.id) for each in (project.region_notes, project.label_notes, project.broken)]
        facts: Iterable[Any] = (one.id, one.path, one.label, one.target, one.split, dict(one.metadata))
        masks = [shape.path for shape in region.shapes if isinstance(shape, MaskFile)]
        files = [project.root / one.path, *masks] if stamped else []
        yield _json([*facts, repr(region), *notes, *map(_stamp, files)])


def _stamp(file: Path) -> list[int] | None:
    """Size and time of a file, by which a changed one is told; None where there is none."""
    try:
        facts = file.stat()
    except (OSError, ValueError):
        return None
    return [facts.st_size, facts.st_mtime_ns]


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
