"""Published data sets that list their pictures in text files of their own: a manifest is made of these."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.files import read_text
from gradcam_core.base.inside import holds
from gradcam_core.base.text import short
from gradcam_core.projects.folder.sample_table import Manifest

Rows = list[tuple[str, str, str]]  # path, label, split


def find_listing(root: Path) -> Manifest | None:
    """The listing of a data set that is known by its files; None where this is none.

    Raises:
        ProjectError: its files cannot be read, or do not belong together.
    """
    for name, files, read in _KNOWN:
        if all(holds(root, file) for file in files):
            try:
                rows, order = read(root)
            except (OSError, ValueError, KeyError, IndexError) as error:
                raise ProjectError(
                    f"the files of {name} in {root}", short(repr(error)), "copy them again"
                ) from error
            frame = pd.DataFrame(rows, columns=["path", "label", "split"])
            return Manifest(root / files[0], frame, "path", "label", "split", class_order=tuple(order))
    return None


def _lines(file: Path) -> list[list[str]]:
    lines = (line.strip() for line in read_text(file).splitlines())
    return [line.split() for line in lines if line and not line.startswith("#")]


def _numbered(file: Path) -> dict[str, str]:
    return {number: " ".join(rest) for number, *rest in _lines(file)}


def _cub(root: Path) -> tuple[Rows, list[str]]:
    """Caltech-UCSD Birds 200: files of numbers, which are those of images.txt; split 1 is training."""
    classes, labels = _numbered(root / "classes.txt"), _numbered(root / "image_class_labels.txt")
    split = _numbered(root / "train_test_split.txt") if holds(root, "train_test_split.txt") else {}
    words = {"0": "test", "1": "train"}
    pictures = _numbered(root / "images.txt").items()
    rows = [(f"images/{p}", classes[labels[n]], words[split.get(n, "0")]) for n, p in pictures]
    return rows, list(classes.values())


def _pet(root: Path) -> tuple[Rows, list[str]]:
    """Oxford-IIIT Pet: a breed is the name without its last number; classes are numbered from 1."""
    notes = root / "annotations"
    test = {name for name, *_ in _lines(notes / "test.txt")} if holds(notes, "test.txt") else None
    listed = [
        (name, name.rpartition("_")[0], int(number)) for name, number, *_ in _lines(notes / "list.txt")
    ]
    breeds = {number: breed for _, breed, number in listed}
    rows = [(f"images/{n}.jpg", breed, _split(n, test)) for n, breed, _ in listed]
    return rows, [breeds[number] for number in sorted(breeds)]


def _split(name: str, test: set[str] | None) -> str:
    return "test" if test is None or name in test else "train"


_KNOWN: Sequence[tuple[str, tuple[str, ...], Callable[[Path], tuple[Rows, list[str]]]]] = (
    ("CUB-200-2011", ("images.txt", "image_class_labels.txt", "classes.txt"), _cub),
    ("Oxford-IIIT Pet", ("annotations/list.txt", "annotations/trainval.txt"), _pet),
)
