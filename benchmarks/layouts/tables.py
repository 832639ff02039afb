"""Layouts whose labels stand in a table."""

import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.layouts.drawing import (
    CLASSES,
    Drawn,
    Truth,
    layout,
    pictures,
    raster,
    save,
    save_mask,
    truth,
    write,
)


@layout("HAM10000: parts of pictures, HAM10000_metadata.csv")
def ham10000(root: Path) -> Truth:
    made = pictures(8, "ISIC_0024")
    for number, one in enumerate(made):
        save(one, root / f"HAM10000_images_part_{1 + number // 4}" / f"{one.name}.jpg")
    rows = [f"HAM_{number // 2},{one.name},{one.label},histo,45.0" for number, one in enumerate(made)]
    write(root / "HAM10000_metadata.csv", ["lesion_id,image_id,dx,dx_type,age", *rows])
    return truth(made)


@layout("ISIC 2016: pictures, GroundTruth.csv, masks …_Segmentation.png")
def isic2016(root: Path) -> Truth:
    made = pictures(6, "ISIC_")
    for one in made:
        save(one, root / "ISBI2016_ISIC_Part3B_Test_Data" / f"{one.name}.jpg")
        save_mask(one, root / "masks" / f"{one.name}_Segmentation.png")
    rows = [f"{one.name},{one.label}" for one in made]
    write(root / "GroundTruth.csv", ["image_id,diagnosis", *rows])
    return truth(made, regions=True)


@layout("ISIC 2018: one column per diagnosis")
def isic2018(root: Path) -> Truth:
    made = pictures(6, "ISIC_")
    for one in made:
        save(one, root / "ISIC2018_Task3_Test_Input" / f"{one.name}.jpg")
    rows = [",".join([one.name, *(f"{float(one.label == name)}" for name in CLASSES)]) for one in made]
    write(root / "ISIC2018_Task3_Test_GroundTruth.csv", [f"image,{','.join(CLASSES)}", *rows])
    return truth(made)


@layout("NIH ChestX-ray14: Data_Entry_2017.csv with several findings")
def chestxray14(root: Path) -> Truth:
    made = _chest(root)
    labels = ["Cardiomegaly", "Cardiomegaly|Effusion", "Effusion", "No Finding", "Effusion", "No Finding"]
    _data_entry(root, made, labels)
    said = {"No Finding": ""}
    return Truth({one.name: said.get(label, label) for one, label in zip(made, labels, strict=True)}, {})


@layout("NIH ChestX-ray14: one finding each, BBox_List_2017.csv")
def chestxray14_single(root: Path) -> Truth:
    made = _chest(root)
    labels = ["Cardiomegaly", "Effusion", "Effusion", "No Finding", "Effusion", "No Finding"]
    _data_entry(root, made, labels)
    boxes = [
        f"{one.name}.png,{label},{one.left},{one.top},{one.width},{one.height},,,"
        for one, label in _boxed(made, labels)
    ]
    write(root / "BBox_List_2017.csv", ["Image Index,Finding Label,Bbox [x,y,w,h],,,", *boxes])
    return Truth(
        dict(zip((one.name for one in made), labels, strict=True)),
        {one.name: [one.corners] for one, _ in _boxed(made, labels)},
    )


def _boxed(made: list[Drawn], labels: list[str]) -> list[tuple[Drawn, str]]:
    return [(one, label) for one, label in zip(made, labels, strict=True) if label != "No Finding"]


def _chest(root: Path) -> list[Drawn]:
    made = pictures(6, "00000")
    for number, one in enumerate(made):
        save(one, root / f"images_{1 + number // 3:03}" / "images" / f"{one.name}.png")
    return made


def _data_entry(root: Path, made: list[Drawn], labels: list[str]) -> None:
    head = "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender"
    rows = [
        f"{one.name}.png,{label},{n},{n // 2},58,M"
        for n, (one, label) in enumerate(zip(made, labels, strict=True))
    ]
    write(root / "Data_Entry_2017.csv", [head, *rows])


@layout("CheXpert: train.csv with 1, 0, -1 and blanks per finding")
def chexpert(root: Path) -> Truth:
    made = pictures(6, "view")
    rows, labels = [], {}
    for number, one in enumerate(made):
        place = f"train/patient{64541 + number}/study1/{one.name}.jpg"
        save(one, root / place)
        flags = ["1.0" if number % 2 else "0.0", "1.0" if number % 3 else "-1.0", "", "0.0"]
        heart = "Cardiomegaly" if number % 2 else ""
        labels[one.name] = "|".join(filter(None, (heart, "Edema" if number % 3 else "?Edema")))
        rows.append(f"CheXpert-v1.0-small/{place},Female,{40 + number},Frontal,AP,{','.join(flags)}")
    head = "Path,Sex,Age,Frontal/Lateral,AP/PA,Cardiomegaly,Edema,Fracture,Pneumonia"
    write(root / "train.csv", [head, *rows])
    return Truth(labels)


@layout("Kaggle train.csv: id without a suffix, label")
def kaggle_id(root: Path) -> Truth:
    made = pictures(6, "4a1f")
    for one in made:
        save(one, root / "train" / f"{one.name}.jpg")
    write(root / "train.csv", ["id,label", *(f"{one.name},{one.label}" for one in made)])
    write(root / "sample_submission.csv", ["id,label", *(f"x{one.name},cat" for one in made)])
    return truth(made)


@layout("Kaggle, APTOS 2019: id_code, diagnosis 0 to 4")
def aptos(root: Path) -> Truth:
    made = pictures(6, "0a4e")
    for one in made:
        save(one, root / "train_images" / f"{one.name}.png")
    rows = [f"{one.name},{CLASSES.index(one.label)}" for one in made]
    write(root / "train.csv", ["id_code,diagnosis", *rows])
    return Truth({one.name: str(CLASSES.index(one.label)) for one in made})


@layout("Hugging Face imagefolder: test/metadata.csv")
def hf_metadata_csv(root: Path) -> Truth:
    made = pictures()
    for one in made:
        save(one, root / "test" / f"{one.name}.jpg")
        save(one, root / "train" / f"t{one.name}.jpg")
    write(root / "test" / "metadata.csv", ["file_name,label", *(f"{o.name}.jpg,{o.label}" for o in made)])
    write(root / "train" / "metadata.csv", ["file_name,label", *(f"t{o.name}.jpg,{o.label}" for o in made)])
    return truth(made)


@layout("Hugging Face imagefolder: metadata.jsonl with objects")
def hf_metadata_jsonl(root: Path) -> Truth:
    made = pictures()
    lines = []
    for one in made:
        save(one, root / "test" / f"{one.name}.png")
        box = [one.left, one.top, one.width, one.height]
        objects = {"bbox": [box], "categories": [CLASSES.index(one.label)]}
        lines.append(json.dumps({"file_name": f"{one.name}.png", "label": one.label, "objects": objects}))
    write(root / "test" / "metadata.jsonl", lines)
    return truth(made, regions=True)


@layout("Hugging Face Parquet with the pictures inside: train and test")
def hf_parquet(root: Path) -> Truth:
    made = pictures()
    for split, some in (("train", made[:2]), ("test", made)):
        for shard in range(2):
            _parquet(root / "data" / f"{split}-{shard:05}-of-00002.parquet", some[shard::2])
    return truth(made)


def _parquet(file: Path, made: list[Drawn]) -> None:
    images = [{"bytes": _png(one), "path": f"{one.name}.png"} for one in made]
    labels = [CLASSES.index(one.label) for one in made]
    features = {
        "image": {"_type": "Image"},
        "label": {"names": list(CLASSES), "_type": "ClassLabel"},
    }
    schema = pa.schema(
        [("image", pa.struct([("bytes", pa.binary()), ("path", pa.string())])), ("label", pa.int64())],
        metadata={"huggingface": json.dumps({"info": {"features": features}})},
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"image": images, "label": labels}, schema=schema), file)


def _png(one: Drawn) -> bytes:
    buffer = io.BytesIO()
    raster(one).save(buffer, "PNG")
    return buffer.getvalue()


@layout("CUB-200-2011: images.txt, classes.txt, bounding_boxes.txt, train_test_split.txt")
def cub200(root: Path) -> Truth:
    made = pictures(6, "Bird_")
    names = {name: f"{index + 1:03}.{name.title()}" for index, name in enumerate(CLASSES)}
    for one in made:
        save(one, root / "images" / names[one.label] / f"{one.name}.jpg")
    ids = list(enumerate(made, 1))
    write(root / "classes.txt", [f"{index} {name}" for index, name in enumerate(names.values(), 1)])
    write(root / "images.txt", [f"{n} {names[one.label]}/{one.name}.jpg" for n, one in ids])
    write(root / "image_class_labels.txt", [f"{n} {CLASSES.index(one.label) + 1}" for n, one in ids])
    boxes = [f"{n} {one.left:.1f} {one.top:.1f} {one.width:.1f} {one.height:.1f}" for n, one in ids]
    write(root / "bounding_boxes.txt", boxes)
    write(root / "train_test_split.txt", [f"{n} {n % 2}" for n, _ in ids])
    write(root / "parts" / "parts.txt", ["1 back", "2 beak"])
    test = made[1::2]
    return Truth({o.name: names[o.label] for o in test}, {o.name: [o.corners] for o in test})


@layout("Oxford-IIIT Pet: annotations/list.txt, test.txt, trimaps, xmls")
def oxford_pet(root: Path) -> Truth:
    names = {"cat": "Abyssinian", "dog": "american_bulldog", "owl": "Bengal"}
    made = [(one, f"{names[one.label]}_{number}") for number, one in enumerate(pictures())]
    for one, name in made:
        save(one, root / "images" / f"{name}.jpg")
        save_mask(one, root / "annotations" / "trimaps" / f"{name}.png", inside=1, outside=2, border=3)
    rows = [f"{name} {CLASSES.index(one.label) + 1} 1 1" for one, name in made]
    write(root / "annotations" / "list.txt", ["#Image CLASS-ID SPECIES BREED ID", *rows])
    write(root / "annotations" / "trainval.txt", rows[:2])
    write(root / "annotations" / "test.txt", rows[2:])
    test = made[2:]
    return Truth(
        {name: names[one.label] for one, name in test}, {name: [one.corners] for one, name in test}
    )
