"""Data sets drawn with one known flaw each: a picture of noise per sample, painted by its label."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.base.progress import silent
from gradcam_core.base.types import Project, Sample
from gradcam_core.findings.data.reading import Data, read_data

SIDE = 40
Paint = Callable[[np.ndarray, str], None]


def nothing(picture: np.ndarray, label: str) -> None:
    """No flaw: labels are words about noise."""


def framed(picture: np.ndarray, label: str) -> None:
    """Cats have a dark frame."""
    if label == "cat":
        picture[:2] = picture[-2:] = picture[:, :2] = picture[:, -2:] = 20


def drawn(root: Path, paint: Paint = nothing, per_class: int = 30) -> Project:
    """A project without a model: cats and dogs of coarse noise."""
    rng, samples = np.random.default_rng(4), []
    for index, label in enumerate(("cat", "dog") * per_class):
        coarse = rng.integers(80, 176, (10, 10, 3)).astype(np.uint8)
        picture = np.kron(coarse, np.ones((SIDE // 10, SIDE // 10, 1), np.uint8))
        paint(picture, label)
        name = f"{label}{index}.png"
        Image.fromarray(picture).save(root / name)
        samples.append(Sample(name, name, label))
    return Project("drawn", root, ("cat", "dog"), tuple(samples), None)


def with_file(project: Project, source: str, name: str, label: str | None, split: str = "test") -> Project:
    """The project with a copy of one of its files, as another sample."""
    (project.root / name).write_bytes((project.root / source).read_bytes())
    return replace(project, samples=(*project.samples, Sample(name, name, label, split=split)))


def read(project: Project) -> Data:
    """Its pictures and table."""
    return read_data(project, silent)
