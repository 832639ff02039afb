"""A run that carries its own pictures: it shows everything on another machine, where its project is not."""

import shutil
from pathlib import Path
from typing import Literal

from gradcam_core.base.errors import AuditError
from gradcam_core.base.files import write_json
from gradcam_core.base.inside import below
from gradcam_core.images import encode_jpeg, is_picture_name, read_rgb, thumbnail
from gradcam_core.images.sound_pictures import DESCRIPTION
from gradcam_core.runs.manifest import CARRIED
from gradcam_core.runs.pictures import picture_file
from gradcam_core.runs.store import Run

Carried = Literal["full", "thumbnails", "none"]
LONGEST = 512  # pixels of the longer side of a thumbnail


def carry_pictures(run: Run, how: Carried) -> int:
    """Put the pictures of a run into its folder, under the names that its table knows; how many.

    Args:
        run: finished, its pictures still where they were.
        how: "full" as they are, "thumbnails" as JPEG of at most 512 pixels, "none" not at all.

    A picture that cannot be read is left out, as it is in the run.
    """
    if how == "none":
        return 0
    files = {str(path): _source(run, str(path)) for path in run.table["path"].unique()}
    target = run.path / CARRIED
    if run.features is not None:
        target.mkdir(parents=True, exist_ok=True)
        write_json(target / DESCRIPTION, run.features.to_json())
    for path, source in files.items():
        if source is not None:
            _carry(source, below(target, path), how, run)
    return sum(source is not None for source in files.values())


def _source(run: Run, path: str) -> Path | None:
    try:
        return picture_file(run, path)
    except AuditError:
        return None


def _carry(source: Path, target: Path, how: Carried, run: Run) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    sound = source.with_suffix(".wav")
    if sound != source and sound.is_file():
        shutil.copyfile(sound, target.with_suffix(".wav"))
    if how == "thumbnails" and is_picture_name(source):
        try:
            picture = read_rgb(source, pixels=run.input_spec.pixels)
        except AuditError:
            return
        target.write_bytes(encode_jpeg(thumbnail(picture, LONGEST), 90))
        return
    shutil.copyfile(source, target)
