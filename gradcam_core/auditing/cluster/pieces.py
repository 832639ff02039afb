"""A project in pieces that machines compute one by one, each with a key of what determines its result."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from gradcam_core import __version__
from gradcam_core.auditing.setup import Setup
from gradcam_core.base.types import Project, Region, Sample

PIECE = 1024  # samples; about ten seconds of work, and what a lost machine loses at most twice


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
    common = _common(setup)
    starts = range(0, len(setup.project.samples), size)
    projects = (_only(setup.project, setup.project.samples[start : start + size]) for start in starts)
    return [Piece(index, _key(common, project), project) for index, project in enumerate(projects)]


def head(project: Project) -> Project:
    """The project without its samples: what every piece shares."""
    return _only(project, ())


def whole_key(pieces: Sequence[Piece]) -> str:
    """The name of the folder that holds these pieces' parts."""
    return hashlib.sha256("".join(piece.key for piece in pieces).encode()).hexdigest()[:16]


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
            version("tensorflow"),
        ]
    )


def _key(common: str, project: Project) -> str:
    digest = hashlib.sha256(common.encode())
    for text in _sample_texts(project):
        digest.update(text.encode())
    return digest.hexdigest()[:32]


def _sample_texts(project: Project) -> Iterator[str]:
    for one in project.samples:
        region = project.regions.get(one.id, Region("none"))
        notes = (project.region_notes.get(one.id), project.broken.get(one.id))
        facts: Iterable[Any] = (one.id, one.path, one.label, one.target, one.split, dict(one.metadata))
        yield _json([*facts, repr(region), *notes])


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
