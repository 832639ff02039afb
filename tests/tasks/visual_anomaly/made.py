"""Mixtures, projects and networks made by hand."""

from pathlib import Path

import numpy as np

from gradcam_core.base.types import Project, Sample
from gradcam_core.tasks.visual_anomaly.mixture import Mixtures


def hand_made(folds: int = 1) -> Mixtures:
    """One Gaussian in one dimension, mean 2 and deviation 0.5; a second mixture is shifted by 10."""
    count = np.arange(folds)
    return Mixtures(
        centre=np.zeros((folds, 1)),
        scale=np.ones((folds, 1)),
        projection=np.eye(1),
        weights=np.ones((folds, 1)),
        means=(2.0 + 10 * count)[:, None, None],
        roots=np.full((folds, 1, 1, 1), 2.0),
        middle=np.full(folds, 0.5 * np.log(2 * np.pi) - np.log(2)),
        spread=np.full(folds, 4.0),
        floor=0.5,
    )


def project(names: tuple[str, ...], labels: list[str | None], root: Path = Path(".")) -> Project:
    samples = tuple(Sample(str(row), f"testing/{row}.png", label) for row, label in enumerate(labels))
    return Project("p", root, names, samples, None, task="visual-anomaly")
