"""Pictures under their maps, one file per sample, sorted into folders by outcome."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from gradcam_core.base.errors import SampleError
from gradcam_core.base.inside import inside
from gradcam_core.base.types import Floats, MapSet, Picture
from gradcam_core.images import encode_jpeg, geometry, map_to_picture, read_rgb, thumbnail
from gradcam_core.maps.overlay import Normalization, blend, normalise
from gradcam_core.runs.examples import FOLDER
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.project import turn_of
from gradcam_core.runs.report.answers import heads, texts
from gradcam_core.runs.store import Run

EXAMPLE_ALPHA = 0.75
LONGEST = 1024  # pixels of the longer side
FOLDERS: Mapping[str, str] = {
    "correct": "correct",
    "incorrect": "incorrect",
    "uncertain": "incorrect",
    "unlabelled": "unlabelled",
}


@dataclass(frozen=True)
class Look:
    """How maps are drawn: opacity 0..1, what becomes the brightest colour, cold places clear or not."""

    alpha: float
    normalization: Normalization
    fade: bool = False


def write_overlays(
    run: Run, outcomes: Sequence[str], folder: Path, look: Look, rows: Iterable[int] | None = None
) -> Mapping[str, str]:
    """Write one JPEG per readable sample and return sample id -> path below ``folder``.

    Args:
        run: finished; its classic maps are drawn, else its fine ones.
        outcomes: one per row of the run's table.
        folder: gets ``correct/`` and ``incorrect/`` (also what is uncertain), ``unlabelled/`` if needed.
        look: opacity and normalisation.
        rows: positions in the run's table; default all.
    """
    for name in ("correct", "incorrect"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = {}
    for row, picture in _drawn(run, look, range(len(run.table)) if rows is None else rows):
        one = run.table.iloc[row]
        if outcomes[row] not in FOLDERS:
            continue
        where = f"{FOLDERS[outcomes[row]]}/{_name(one, outcomes[row], run)}"
        (folder / where).parent.mkdir(exist_ok=True)
        (folder / where).write_bytes(encode_jpeg(thumbnail(picture, LONGEST), 90))
        written[str(one["sample_id"])] = where
    return written


def _drawn(run: Run, look: Look, rows: Iterable[int]) -> Iterator[tuple[int, Picture]]:
    maps = run.maps(run.map_sets[0])
    top = float(np.fmax.reduce(maps, axis=None))
    status = run.table["status"].to_numpy()
    for row in map(int, rows):
        if status[row] == "unreadable":
            continue
        try:
            yield row, overlay(run, row, np.asarray(maps[row]), look, top)
        except SampleError:
            continue  # readable when it was audited, gone since; the table stays true


def overlay(run: Run, row: int, heat: Floats, look: Look, top: float = 0.0) -> Picture:
    """(H, W, 3) the picture of a row under a raw map (h, w); ``top`` is what "shared" makes brightest.

    Raises:
        SampleError: the picture cannot be read.
    """
    spec, one = run.input_spec, run.table.iloc[row]
    picture = read_rgb(picture_file(run, str(one["path"])), pixels=spec.pixels)
    where = geometry(picture.shape[:2], spec.size, spec.resize, turn_of(one))
    shown = map_to_picture(normalise(heat, look.normalization, top), where)
    return blend(picture, shown, look.alpha, fade=look.fade)


def heated_example(run: Run, row: int, name: str, map_set: MapSet) -> Picture:
    """(H, W, 3) a kept example picture of a finding, at network size, under the map of its row.

    Raises:
        AuditError, OSError: the picture cannot be read, or the run has no such maps.
    """
    picture = read_rgb(inside(run.path / FOLDER, name))
    size = (int(picture.shape[0]), int(picture.shape[1]))
    heat = np.nan_to_num(np.asarray(run.maps(map_set)[row], dtype=np.float32))
    shown = map_to_picture(normalise(heat), geometry(size, size, "squash"))
    return blend(picture, shown, EXAMPLE_ALPHA, fade=True)


def _name(one: pd.Series, outcome: str, run: Run) -> str:
    """A file name that says what happened, out of names that may hold anything."""
    truth, answer, _ = texts(one, run)
    head, second, _ = heads(run)
    parts = [str(one["sample_id"]), outcome]
    parts += [f"{head}-{truth}"] if truth else []
    parts += [f"{second}-{answer}"]
    return "_".join(re.sub(r"[^\w.-]+", "-", part)[:60].strip(".") for part in parts) + ".jpg"
