"""Published data sets that list their pictures in text files of their own: a manifest is made of these."""

import json
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
                told = read(root)
            except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
                raise ProjectError(
                    f"the files of {name} in {root}", short(repr(error)), "copy them again"
                ) from error
            if told is not None:
                rows, order = told
                frame = pd.DataFrame(rows, columns=["path", "label", "split"])
                several = tuple(order) if name in _SEVERAL else ()
                one = () if several else tuple(order)
                return Manifest(root / files[0], frame, "path", "label", "split", several, one)
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


def _food(root: Path) -> tuple[Rows, list[str]]:
    """Food-101: a line per picture, class/number without a suffix; classes in the order of classes.txt."""
    rows = [
        (f"images/{name}.jpg", name.partition("/")[0], split)
        for split in ("train", "test")
        for name in _whole_lines(root / "meta" / f"{split}.txt")
    ]
    return rows, _whole_lines(root / "meta" / "classes.txt")


def _whole_lines(file: Path) -> list[str]:
    return [line.strip() for line in read_text(file).splitlines() if line.strip()]


def _celeba(root: Path) -> tuple[Rows, list[str]]:
    """CelebA: a number, the attributes, then a line per picture with 1 or -1 for each of them."""
    _, names, *lines = _lines(root / "list_attr_celeba.txt")
    part = "list_eval_partition.txt"
    splits = dict(_lines(root / part)) if holds(root, part) else {}
    words = {"0": "train", "1": "valid", "2": "test"}
    rows = []
    for name, *flags in lines:
        there = [one for one, flag in zip(names, flags, strict=True) if flag == "1"]
        rows.append((name, "|".join(there) or "none", words[splits.get(name, "2")]))
    return rows, names


def _imagenet(root: Path) -> tuple[Rows, list[str]]:
    """ImageNet CLS-LOC: the first word of a prediction is the synset; Keras's classes are these, sorted."""
    lines = _whole_lines(root / "LOC_val_solution.csv")[1:]
    rows = [
        (f"{name}.JPEG", told.split()[0], "test") for name, _, told in (s.partition(",") for s in lines)
    ]
    return rows, sorted(line.split()[0] for line in _whole_lines(root / "LOC_synset_mapping.txt"))


def _inaturalist(file: str) -> Callable[[Path], tuple[Rows, list[str]] | None]:
    """COCO's JSON whose annotations have a class and nothing else, as iNaturalist's; None for boxes."""

    def read(root: Path) -> tuple[Rows, list[str]] | None:
        try:
            told = json.loads(read_text(root / file))
            notes = told["annotations"]
            if not notes or any("bbox" in one or "segmentation" in one for one in notes):
                return None
            keys = {"image_id", "category_id"}
            if not all(keys <= one.keys() for one in notes) or not told["images"] or not told["categories"]:
                return None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None  # a file of another kind that is called so
        names = {one["id"]: str(one["name"]) for one in told["categories"]}
        kinds = {one["image_id"]: names[one["category_id"]] for one in notes}
        rows = [
            (one["file_name"], kinds[one["id"]], "test") for one in told["images"] if one["id"] in kinds
        ]
        return rows, [names[number] for number in sorted(names)]

    return read


_SEVERAL = frozenset(("CelebA",))
_KNOWN: Sequence[tuple[str, tuple[str, ...], Callable[[Path], tuple[Rows, list[str]] | None]]] = (
    ("CUB-200-2011", ("images.txt", "image_class_labels.txt", "classes.txt"), _cub),
    ("Oxford-IIIT Pet", ("annotations/list.txt", "annotations/trainval.txt"), _pet),
    ("Food-101", ("meta/classes.txt", "meta/train.txt", "meta/test.txt"), _food),
    ("CelebA", ("list_attr_celeba.txt",), _celeba),
    ("ImageNet CLS-LOC", ("LOC_val_solution.csv", "LOC_synset_mapping.txt"), _imagenet),
    ("iNaturalist", ("test.json",), _inaturalist("test.json")),
    ("iNaturalist", ("val.json",), _inaturalist("val.json")),
)
