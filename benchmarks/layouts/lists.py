"""Layouts that say in a text file, a JSON file or a table of their own which picture is of which class."""

import json
from pathlib import Path

from benchmarks.layouts.drawing import CLASSES, Truth, layout, pictures, save, truth, write


@layout("Food-101: images/CLASS/ID.jpg, meta/classes.txt, meta/test.txt")
def food101(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / "images" / one.label / f"{one.name}.jpg")
    write(root / "meta" / "classes.txt", CLASSES)
    write(root / "meta" / "labels.txt", [name.title() for name in CLASSES])
    write(root / "meta" / "train.txt", [f"{one.label}/{one.name}" for one in made[:3]])
    write(root / "meta" / "test.txt", [f"{one.label}/{one.name}" for one in made[3:]])
    return truth(made[3:])


@layout("EuroSAT: class folders, test.csv with Filename, Label, ClassName")
def eurosat(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / one.label / f"{one.name}.jpg")
    rows = [
        f"{n},{one.label}/{one.name}.jpg,{CLASSES.index(one.label)},{one.label}"
        for n, one in enumerate(made)
    ]
    write(root / "test.csv", [",Filename,Label,ClassName", *rows])
    return truth(made)


@layout("GTSRB: Final_Test/Images, GT-final_test.csv with semicolons and a box")
def gtsrb(root: Path) -> Truth:
    made = pictures()
    lines = ["Filename;Width;Height;Roi.X1;Roi.Y1;Roi.X2;Roi.Y2;ClassId"]
    for one in made:
        save(one, root / "Final_Test" / "Images" / f"{one.name}.ppm")
        (height, width), label = one.size, 2 + 7 * CLASSES.index(one.label)
        corners = f"{one.left};{one.top};{one.right};{one.bottom}"
        lines.append(f"{one.name}.ppm;{width};{height};{corners};{label}")
    write(root / "Final_Test" / "Images" / "GT-final_test.csv", lines)
    labels = {one.name: str(2 + 7 * CLASSES.index(one.label)) for one in made}
    return Truth(labels, {one.name: [one.corners] for one in made})


@layout("CelebA: img_align_celeba, list_attr_celeba.txt with 1 and -1")
def celeba(root: Path) -> Truth:
    made = pictures()
    lines: list[object] = [len(made), "Bald Smiling Young "]
    labels = {}
    for number, one in enumerate(made):
        save(one, root / "img_align_celeba" / f"{one.name}.jpg")
        flags = [1 if number % 2 else -1, 1 if number % 3 else -1, -1]
        lines.append(f"{one.name}.jpg " + " ".join(f"{flag:2}" for flag in flags))
        there = zip(("Bald", "Smiling"), flags, strict=False)
        labels[one.name] = "|".join(name for name, flag in there if flag > 0)
    write(root / "list_attr_celeba.txt", lines)
    return Truth(labels)


@layout("iNaturalist 2021: val/…, val.json with images, annotations of classes, categories")
def inaturalist(root: Path) -> Truth:
    made = pictures()
    images, notes = [], []
    for number, one in enumerate(made):
        name = f"val/{CLASSES.index(one.label):05}_Animalia_{one.label}/{one.name}.jpg"
        save(one, root / name)
        images.append({"id": number, "file_name": name, "width": one.size[1], "height": one.size[0]})
        notes.append({"id": number, "image_id": number, "category_id": CLASSES.index(one.label)})
    kinds = [{"id": n, "name": f"Felis {name}", "common_name": name} for n, name in enumerate(CLASSES)]
    told = {"images": images, "annotations": notes, "categories": kinds}
    (root / "val.json").write_text(json.dumps(told))
    return Truth({one.name: f"Felis {one.label}" for one in made})


@layout("ImageNet CLS-LOC: ILSVRC/Data/CLS-LOC/val, LOC_val_solution.csv, LOC_synset_mapping.txt")
def imagenet(root: Path) -> Truth:
    synsets = dict(zip(CLASSES, ("n02123045", "n02099601", "n01622779"), strict=True))
    made = pictures(6, "ILSVRC2012_val_00000")
    lines = ["ImageId,PredictionString"]
    for one in made:
        save(one, root / "ILSVRC" / "Data" / "CLS-LOC" / "val" / f"{one.name}.JPEG")
        box = f"{one.left} {one.top} {one.right} {one.bottom}"
        lines.append(f"{one.name},{synsets[one.label]} {box} ")
    write(root / "LOC_val_solution.csv", lines)
    names = ("tabby, tabby cat", "golden retriever", "great grey owl, Strix nebulosa")
    pairs = zip(synsets.values(), names, strict=True)
    write(root / "LOC_synset_mapping.txt", sorted(f"{synset} {name}" for synset, name in pairs))
    return Truth({one.name: synsets[one.label] for one in made})
