"""Layouts whose folders are the classes."""

import json
from pathlib import Path

from benchmarks.layouts.drawing import CLASSES, Truth, layout, pictures, save, save_mask, truth, write


@layout("torchvision `ImageFolder` with train, val, test")
def class_folders(root: Path) -> Truth:
    for split in ("train", "val"):
        for one in pictures(3, split):
            save(one, root / split / one.label / f"{one.name}.jpg")
    made = pictures()
    for one in made:
        save(one, root / "test" / one.label / f"{one.name}.jpg")
    return truth(made)


@layout("Keras `image_dataset_from_directory` with class_indices.json")
def keras_folders(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / "validation" / one.label / f"{one.name}.png")
        save(one, root / "train" / one.label / f"t{one.name}.png")
    indices = {name: index for index, name in enumerate(CLASSES)}
    (root / "class_indices.json").write_text(json.dumps(indices))
    return truth(made)


@layout("Teachable Machine: labels.txt with indices, class folders")
def teachable_machine(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / one.label / f"{one.name}.jpg")
    write(root / "labels.txt", [f"{index} {name}" for index, name in enumerate(CLASSES)])
    return truth(made)


@layout("Roboflow, folders of classes")
def roboflow_folders(root: Path) -> Truth:
    made = pictures()
    for split in ("train", "valid", "test"):
        for one in made:
            save(one, root / split / one.label / f"{one.name}_jpg.rf.{split}0a1b2c.jpg")
    write(root / "README.roboflow.txt", ["pets - v1", "Provided by a Roboflow user"])
    write(root / "README.dataset.txt", ["# pets > v1"])
    labels = {f"{one.name}_jpg.rf.test0a1b2c": one.label for one in made}
    return Truth(labels)


@layout("FracAtlas: class folders, dataset.csv, Annotations in four formats")
def fracatlas(root: Path) -> Truth:
    made = pictures()
    folders = ("Fractured", "Non_fractured")
    entries, images = [], []
    for number, one in enumerate(made):
        save(one, root / "images" / folders[number % 2] / f"{one.name}.jpg")
        images.append(_coco_image(number, one.name, one.size))
        box = [one.left, one.top, one.width, one.height]
        if number % 2 == 0:
            entries.append(
                {
                    "id": number,
                    "image_id": number,
                    "category_id": 1,
                    "bbox": box,
                    "segmentation": [one.flat()],
                }
            )
            x, y, right, bottom = one.shares
            line = f"0 {(x + right) / 2:.6f} {(y + bottom) / 2:.6f} {right - x:.6f} {bottom - y:.6f}"
            write(root / "Annotations" / "YOLO" / f"{one.name}.txt", [line])
    notes = {"images": images, "annotations": entries, "categories": [{"id": 1, "name": "fractured"}]}
    file = root / "Annotations" / "COCO JSON" / "COCO_fracture_masks.json"
    write(file, [json.dumps(notes)])
    rows = [f"{one.name}.jpg,{number},{1 - number % 2}" for number, one in enumerate(made)]
    write(root / "dataset.csv", ["image_id,hand,fractured", *rows])
    labels = {one.name: folders[number % 2] for number, one in enumerate(made)}
    return Truth(labels, {one.name: [one.corners] for one in made[::2]})


def _coco_image(number: int, name: str, size: tuple[int, int]) -> dict[str, object]:
    return {"id": number, "file_name": f"{name}.jpg", "height": size[0], "width": size[1]}


@layout("MVTec AD: test/good, test/defect, ground_truth/defect/…_mask.png")
def mvtec(root: Path) -> Truth:
    made = pictures()
    kinds = ("good", "scratch")
    for number, one in enumerate(made):
        save(one, root / "test" / kinds[number % 2] / f"{one.name}.png")
        if number % 2:
            save_mask(one, root / "ground_truth" / "scratch" / f"{one.name}_mask.png")
    for one in pictures(3, "train"):
        save(one, root / "train" / "good" / f"{one.name}.png")
    labels = {one.name: kinds[number % 2] for number, one in enumerate(made)}
    return Truth(labels, {one.name: [one.corners] for one in made[1::2]})
