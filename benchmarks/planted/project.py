"""A trained case as a project folder: test pictures, masks, model; and the truth beside it."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.planted.cases import Case
from benchmarks.planted.render import render
from benchmarks.planted.scene import scenes, with_cues
from gradcam_core.base.types import MaskFile, Project, Region, Sample

CLASSES = (
    *("round", "lobed", "frilled", "capped", "ringed", "split", "clover", "hollow"),
    *("halved", "plain", "starred", "spiked"),
)
TRUTH = "cue.npy"


def sample_name(number: int) -> str:
    return f"s{number:04d}"


def write_pictures(folder: Path, case: Case, seed: int, side: int, count: int) -> None:
    """``test/CLASS/NAME.png``, ``masks/NAME.png`` and the cue's own pixels in ``cue.npy``."""
    truth = np.zeros((count, side, side), dtype=bool)
    (folder / "masks").mkdir(parents=True, exist_ok=True)
    for number, scene in enumerate(scenes(case, "test", count, seed)):
        picture, mask = render(scene, case, side)
        other, _ = render(with_cues(scene, 0), case, side)
        plain, _ = render(with_cues(scene, 1), case, side)
        truth[number] = (other != plain).any(axis=2)
        target = folder / "test" / CLASSES[scene.filed]
        target.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(target / f"{sample_name(number)}.png")
        Image.fromarray(mask.astype(np.uint8) * 255).save(folder / "masks" / f"{sample_name(number)}.png")
    np.save(folder / TRUTH, truth)


def cue_pixels(folder: Path) -> NDArray[np.bool_]:
    """(N, side, side) the pixels that a flip of the cue changes, in the order of the samples."""
    return np.asarray(np.load(folder / TRUTH, allow_pickle=False))


def as_project(folder: Path, case: Case, seed: int, count: int) -> Project:
    """The folder as the audit takes it. Labels come from the scenes, pictures and masks from disk."""
    labels = [CLASSES[scene.filed] for scene in scenes(case, "test", count, seed)]
    names = [sample_name(number) for number in range(count)]
    return Project(
        name=f"{case.name}-{seed}",
        root=folder,
        class_names=CLASSES[: case.classes],
        samples=tuple(
            Sample(name, f"test/{label}/{name}.png", label)
            for name, label in zip(names, labels, strict=True)
        ),
        model_path=folder / "model.keras",
        regions={name: Region("mask", (MaskFile(folder / "masks" / f"{name}.png"),)) for name in names}
        if case.masks
        else {},
    )
