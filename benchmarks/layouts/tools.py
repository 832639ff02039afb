"""Exports of annotation tools, and tables of boxes."""

import json
from pathlib import Path
from typing import Any

from benchmarks.layouts.drawing import CLASSES, Drawn, Truth, layout, pictures, save, truth, write


def _folder(root: Path, name: str = "images") -> list[Drawn]:
    made = pictures()
    for one in made:
        save(one, root / name / f"{one.name}.jpg")
    return made


@layout("LabelMe: a JSON beside each picture")
def labelme(root: Path) -> Truth:
    made = _folder(root)
    for number, one in enumerate(made):
        corners: list[Any] = [list(point) for point in one.corners]
        shape: dict[str, Any] = {"label": one.label, "points": corners, "shape_type": "polygon"}
        if number % 2:
            shape |= {"points": [corners[2], corners[0]], "shape_type": "rectangle"}
        height, width = one.size
        note = {"version": "5.5.0", "flags": {}, "shapes": [{**shape, "group_id": None, "flags": {}}]}
        note |= {"imagePath": f"{one.name}.jpg", "imageData": None}
        note |= {"imageHeight": height, "imageWidth": width}
        write(root / "images" / f"{one.name}.json", [json.dumps(note)])
    return truth(made, labels=False, regions=True)


@layout("Label Studio: JSON export")
def label_studio(root: Path) -> Truth:
    made = _folder(root)
    tasks = []
    for number, one in enumerate(made):
        kind = ("rectanglelabels", "polygonlabels")[number % 2]
        result = {"type": kind, "value": {**_percent(one, number % 2 == 1), kind: [one.label]}}
        result |= {"original_width": one.size[1], "original_height": one.size[0], "from_name": "label"}
        link = f"/data/upload/3/{number:08x}-{one.name}.jpg"
        tasks.append({"id": number, "data": {"image": link}, "annotations": [{"result": [result]}]})
    write(root / "project-1-at-2026-01-02.json", [json.dumps(tasks)])
    return truth(made, labels=False, regions=True)


@layout("Label Studio: JSON-MIN export")
def label_studio_min(root: Path) -> Truth:
    made = _folder(root)
    tasks = []
    for number, one in enumerate(made):
        value = {**_percent(one, False), "rectanglelabels": [one.label]}
        value |= {"original_width": one.size[1], "original_height": one.size[0]}
        link = f"/data/local-files/?d=pets/{one.name}.jpg"
        tasks.append({"id": number, "image": link, "label": [value], "annotator": 1})
    write(root / "export-min.json", [json.dumps(tasks)])
    return truth(made, labels=False, regions=True)


def _percent(one: Drawn, polygon: bool) -> dict[str, Any]:
    left, top, right, bottom = (100 * share for share in one.shares)
    if polygon:
        return {"points": [[left, top], [right, top], [right, bottom], [left, bottom]], "closed": True}
    return {"x": left, "y": top, "width": right - left, "height": bottom - top, "rotation": 0}


@layout("CVAT for images 1.1: annotations.xml")
def cvat(root: Path) -> Truth:
    made = _folder(root)
    parts = []
    for number, one in enumerate(made):
        height, width = one.size
        points = ";".join(f"{x:.2f},{y:.2f}" for x, y in one.corners)
        box = f'xtl="{one.left}.00" ytl="{one.top}.00" xbr="{one.right}.00" ybr="{one.bottom}.00"'
        shape = f'<polygon label="{one.label}" points="{points}"></polygon>'
        if number % 2:
            shape = f'<box label="{one.label}" source="manual" occluded="0" {box} z_order="0"></box>'
        name = f'name="{one.name}.jpg" width="{width}" height="{height}"'
        parts.append(f'<image id="{number}" {name}>{shape}</image>')
    text = f"<annotations><version>1.1</version><meta></meta>{''.join(parts)}</annotations>"
    write(root / "annotations.xml", ['<?xml version="1.0" encoding="utf-8"?>', text])
    return truth(made, labels=False, regions=True)


def _via_shape(one: Drawn, polygon: bool) -> dict[str, Any]:
    if polygon:
        xs, ys = ([point[axis] for point in one.corners] for axis in (0, 1))
        return {"name": "polygon", "all_points_x": xs, "all_points_y": ys}
    return {"name": "rect", "x": one.left, "y": one.top, "width": one.width, "height": one.height}


@layout("VGG Image Annotator: project JSON")
def via_json(root: Path) -> Truth:
    made = _folder(root)
    entries = {}
    for number, one in enumerate(made):
        region = {
            "shape_attributes": _via_shape(one, number % 2 == 1),
            "region_attributes": {"type": one.label},
        }
        name = f"{one.name}.jpg"
        entries[f"{name}812"] = {"filename": name, "size": 812, "regions": [region], "file_attributes": {}}
    write(root / "via_project.json", [json.dumps({"_via_settings": {}, "_via_img_metadata": entries})])
    return truth(made, labels=False, regions=True)


@layout("VGG Image Annotator: CSV")
def via_csv(root: Path) -> Truth:
    made = _folder(root)
    head = "filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,"
    head += "region_attributes"
    rows = []
    for number, one in enumerate(made):
        cells = [json.dumps(_via_shape(one, number % 2 == 1)), json.dumps({"type": one.label})]
        quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        rows.append(f'{one.name}.jpg,812,"{{}}",1,0,{quoted}')
    write(root / "via_region_data.csv", [head, *rows])
    return truth(made, labels=False, regions=True)


@layout("Open Images: annotations-bbox.csv, class-descriptions")
def open_images(root: Path) -> Truth:
    made = _folder(root, "validation")
    codes = {name: f"/m/0{index}yv" for index, name in enumerate(CLASSES)}
    rows = []
    for one in made:
        left, top, right, bottom = one.shares
        place = f"{left:.6f},{right:.6f},{top:.6f},{bottom:.6f}"
        rows.append(f"{one.name},xclick,{codes[one.label]},1,{place},0,0,0,0,0")
    head = "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,"
    head += "IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside"
    write(root / "validation-annotations-bbox.csv", [head, *rows])
    kinds = [f"{code},{name.title()}" for name, code in codes.items()]
    write(root / "class-descriptions-boxable.csv", kinds)
    return truth(made, labels=False, regions=True)


@layout("Kaggle, global wheat: train.csv with bbox [x, y, w, h]")
def wheat(root: Path) -> Truth:
    made = _folder(root, "train")
    rows = []
    for one in made:
        height, width = one.size
        place = f"[{one.left}.0, {one.top}.0, {one.width}.0, {one.height}.0]"
        rows.append(f'{one.name},{width},{height},"{place}",usask_1')
    write(root / "train.csv", ["image_id,width,height,bbox,source", *rows])
    return truth(made, labels=False, regions=True)
