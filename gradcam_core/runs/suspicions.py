"""The suspicions of an investigated run on disk, so that one picture can be edited later on.

``suspicions.json`` holds everything but the patches; those are ``suspicion-N.png`` beside it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gradcam_core.base.errors import SampleError
from gradcam_core.base.files import read_text, write_json
from gradcam_core.base.inside import inside
from gradcam_core.base.suspicion import Place, Suspicion, source_of
from gradcam_core.images import encode_png, read_rgb

FOLDER, INDEX = "suspicions", "suspicions.json"


def write_suspicions(run_path: Path, suspicions: Sequence[Suspicion]) -> None:
    """Replace the stored suspicions of a run; the index is written last."""
    folder = run_path / FOLDER
    folder.mkdir(exist_ok=True)
    rows = [_row(folder, number, suspicion) for number, suspicion in enumerate(suspicions)]
    write_json(folder / INDEX, rows)


def _row(folder: Path, number: int, suspicion: Suspicion) -> dict[str, Any]:
    patch = None
    if suspicion.patch is not None:
        patch = f"suspicion-{number}.png"
        (folder / patch).write_bytes(encode_png(suspicion.patch))
    return {
        "id": suspicion.id,
        "flag": suspicion.flag,
        "label": suspicion.label,
        "samples": list(suspicion.samples),
        "boxes": _plain(suspicion.boxes),
        "controls": _plain(suspicion.controls),
        "patch": patch,
        "statement": suspicion.statement,
    }


def _plain(places: Mapping[str, Place]) -> dict[str, list[float]]:
    return {sample: [float(end) for end in box] for sample, box in places.items()}


def read_suspicions(run_path: Path) -> tuple[Suspicion, ...]:
    """The stored suspicions; none where the run has not been investigated or the file is damaged."""
    folder = run_path / FOLDER
    try:
        rows = json.loads(read_text(inside(folder, INDEX)))
        return tuple(_suspicion(folder, row) for row in rows)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, SampleError):
        return ()


def _suspicion(folder: Path, row: dict[str, Any]) -> Suspicion:
    return Suspicion(
        id=str(row["id"]),
        flag=str(row["flag"]),
        label=row["label"],
        samples=tuple(row["samples"]),
        boxes=_places(row["boxes"]),
        controls=_places(row.get("controls", {})),
        patch=None if row["patch"] is None else read_rgb(inside(folder, str(row["patch"]))),
        statement=str(row["statement"]),
        source=source_of(str(row["id"])),
    )


def _places(value: dict[str, Any]) -> dict[str, Place]:
    places = {}
    for sample, box in value.items():
        top, left, bottom, right = (float(end) for end in box)
        places[str(sample)] = (top, left, bottom, right)
    return places
