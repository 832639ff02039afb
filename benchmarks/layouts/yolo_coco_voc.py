"""The three formats that most tools export, and Roboflow's ways of packing them."""

import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.layouts.drawing import (
    CLASSES,
    Drawn,
    Truth,
    layout,
    pictures,
    save,
    save_mask,
    truth,
    write,
)

_ROBOFLOW = "_jpg.rf.0a1b2c3d"


def coco(made: Sequence[Drawn], suffix: str = ".jpg", polygons: bool = True) -> str:
    """A COCO file."""
    images, notes = [], []
    for number, one in enumerate(made):
        height, width = one.size
        images.append({"id": number, "file_name": f"{one.name}{suffix}", "height": height, "width": width})
        note = {"id": number, "image_id": number, "category_id": CLASSES.index(one.label) + 1, "iscrowd": 0}
        note["bbox"] = [one.left, one.top, one.width, one.height]
        notes.append({**note, "area": 300, "segmentation": [one.flat()] if polygons else []})
    kinds = [{"id": index, "name": name} for index, name in enumerate(CLASSES, 1)]
    return json.dumps({"images": images, "annotations": notes, "categories": kinds})


def voc(one: Drawn, suffix: str = ".jpg") -> str:
    """A Pascal VOC file, pixels counted from 0 as labelImg and Roboflow do."""
    corners = {"xmin": one.left, "ymin": one.top, "xmax": one.right, "ymax": one.bottom}
    box = "".join(f"<{edge}>{value}</{edge}>" for edge, value in corners.items())
    height, width = one.size
    return (
        f"<annotation><folder>x</folder><filename>{one.name}{suffix}</filename>"
        f"<size><width>{width}</width><height>{height}</height><depth>3</depth></size>"
        f"<object><name>{one.label}</name><bndbox>{box}</bndbox></object></annotation>"
    )


def yolo_box(one: Drawn) -> str:
    """A line ``class cx cy w h``."""
    left, top, right, bottom = one.shares
    values = ((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)
    return f"{CLASSES.index(one.label)} " + " ".join(f"{value:.6f}" for value in values)


def _data_yaml(root: Path, listed: bool = False) -> None:
    names = [f"  {index}: {name}" for index, name in enumerate(CLASSES)]
    kinds = [f"names: {list(CLASSES)}"] if listed else ["names:", *names]
    write(root / "data.yaml", ["path: ../datasets/pets", "train: images/train", "val: images/val", *kinds])


def _yolo(root: Path, lines: dict[str, str]) -> list[Drawn]:
    made = pictures()
    for split, some in (("train", pictures(2, "train")), ("val", made)):
        for one in some:
            save(one, root / "images" / split / f"{one.name}.jpg")
            write(root / "labels" / split / f"{one.name}.txt", [lines.get(one.name, yolo_box(one))])
    _data_yaml(root)
    return made


@layout("COCO 2017: val2017, annotations/instances_val2017.json")
def coco2017(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / "val2017" / f"{one.name}.jpg")
    write(root / "annotations" / "instances_val2017.json", [coco(made)])
    write(root / "annotations" / "instances_train2017.json", [coco(pictures(2, "train"))])
    return truth(made, labels=False, regions=True)


@layout("Pascal VOC 2012: JPEGImages, Annotations, ImageSets")
def voc2012(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / "JPEGImages" / f"{one.name}.jpg")
        write(root / "Annotations" / f"{one.name}.xml", [voc(one)])
    write(root / "ImageSets" / "Main" / "val.txt", [one.name for one in made])
    return truth(made, labels=False, regions=True)


@layout("YOLO v5 to v11 boxes: images/val, labels/val, data.yaml")
def yolo_boxes(root: Path) -> Truth:
    return truth(_yolo(root, {}), labels=False, regions=True)


@layout("YOLO segments: class x1 y1 x2 y2 …")
def yolo_segments(root: Path) -> Truth:
    lines = {}
    for one in pictures():
        (left, top, right, bottom), middle = one.shares, (one.shares[0] + one.shares[2]) / 2
        points = (left, top, middle, top, right, top, right, bottom, left, bottom)
        lines[one.name] = f"{CLASSES.index(one.label)} " + " ".join(f"{value:.6f}" for value in points)
    return truth(_yolo(root, lines), labels=False, regions=True)


@layout("YOLO oriented boxes: class and four corners")
def yolo_oriented(root: Path) -> Truth:
    lines, regions = {}, {}
    for one in pictures():
        height, width = one.size
        x, y = (one.left + one.right) / 2, (one.top + one.bottom) / 2
        diamond = ((x, y - 8.0), (x + 10.0, y), (x, y + 8.0), (x - 10.0, y))
        values = [value for px, py in diamond for value in (px / width, py / height)]
        lines[one.name] = f"{CLASSES.index(one.label)} " + " ".join(f"{value:.6f}" for value in values)
        regions[one.name] = [diamond]
    return Truth(dict.fromkeys(regions), regions) if _yolo(root, lines) else Truth({})


@layout("Roboflow, YOLO: test/images, test/labels, data.yaml")
def roboflow_yolo(root: Path) -> Truth:
    made = [_renamed(one) for one in pictures()]
    for split, some in (("train", made[:2]), ("valid", made[:1]), ("test", made)):
        for one in some:
            save(one, root / split / "images" / f"{one.name}.jpg")
            write(root / split / "labels" / f"{one.name}.txt", [yolo_box(one)])
    _data_yaml(root, listed=True)
    write(root / "README.roboflow.txt", ["pets"])
    return truth(made, labels=False, regions=True)


@layout("Roboflow, COCO: test/_annotations.coco.json")
def roboflow_coco(root: Path) -> Truth:
    made = [_renamed(one) for one in pictures()]
    for split, some in (("train", made[:2]), ("test", made)):
        for one in some:
            save(one, root / split / f"{one.name}.jpg")
        write(root / split / "_annotations.coco.json", [coco(some)])
    return truth(made, labels=False, regions=True)


@layout("Roboflow, Pascal VOC: XML beside the pictures")
def roboflow_voc(root: Path) -> Truth:
    made = [_renamed(one) for one in pictures()]
    for one in made:
        save(one, root / "test" / f"{one.name}.jpg")
        write(root / "test" / f"{one.name}.xml", [voc(one)])
    return truth(made, labels=False, regions=True)


@layout("Roboflow, TensorFlow CSV: test/_annotations.csv")
def roboflow_csv(root: Path) -> Truth:
    made = [_renamed(one) for one in pictures()]
    rows = []
    for one in made:
        save(one, root / "test" / f"{one.name}.jpg")
        height, width = one.size
        place = f"{one.left},{one.top},{one.right},{one.bottom}"
        rows.append(f"{one.name}.jpg,{width},{height},{one.label},{place}")
    write(root / "test" / "_annotations.csv", ["filename,width,height,class,xmin,ymin,xmax,ymax", *rows])
    return truth(made, labels=False, regions=True)


@layout("Roboflow, masks: …_mask.png beside the pictures, _classes.csv")
def roboflow_masks(root: Path) -> Truth:
    made = [_renamed(one) for one in pictures()]
    for one in made:
        save(one, root / "test" / f"{one.name}.jpg")
        save_mask(one, root / "test" / f"{one.name}_mask.png", inside=1 + CLASSES.index(one.label))
    kinds = [f"{index}, {name}" for index, name in enumerate(("background", *CLASSES))]
    write(root / "test" / "_classes.csv", ["Pixel Value, Class", *kinds])
    return truth(made, labels=False, regions=True)


def _renamed(one: Drawn) -> Drawn:
    return Drawn(f"{one.name}{_ROBOFLOW}", one.label, one.size, one.left, one.top, one.right, one.bottom)
