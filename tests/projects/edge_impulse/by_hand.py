"""The toy project as a folder that somebody made by hand, to compare with what came through the API."""

import csv
from pathlib import Path

from gradcam_core.base.types import Project
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from tests.projects.edge_impulse import toy


def project(root: Path) -> Project:
    """Pictures, model and a table of labels in ``root``; the answers are what Studio says in words."""
    (root / "model.h5").write_bytes(toy.h5())
    with (root / "manifest.csv").open("w", newline="") as opened:
        table = csv.writer(opened)
        table.writerow(("path", "label"))
        for index in reversed(range(toy.COUNT)):
            (root / f"{index}.jpg").write_bytes(toy.picture(index))
            table.writerow((f"{index}.jpg", toy.label(index)))
    answers = Overrides(
        labels=root / "manifest.csv",
        class_order=tuple(toy.CLASSES),
        scaling="0..1",
        resize="fit-short",
        resize_method="lanczos3",
        channels=3,
    )
    return open_project(root, answers)
