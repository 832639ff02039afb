"""Data sets whose pictures lie inside larger files, which have to be unpacked first: named, and how."""

import os
from pathlib import Path

_SLIDES = (".svs", ".ndpi", ".mrxs", ".scn", ".vsi", ".bif")
_VOLUMES = (".nii", ".nii.gz", ".nrrd", ".mha", ".mhd")
_RAW = (".dng", ".cr2", ".cr3", ".nef", ".arw")
_CUT = "cut tiles in the size of the network's training, and save them as PNG or JPEG"
_KINDS: tuple[tuple[str, str, str], ...] = (
    (".parquet", "no column of pictures in Parquet", "write a column `image` of bytes, or `path`"),
    (".zip", "pictures inside zip", "unpack them into class folders: `unzip FILE`"),
    (".npz", "pictures inside NumPy", "save each in a class folder: `Image.fromarray(array).save(…)`"),
    (".dvc", "pictures inside DVC", "fetch them: `dvc pull`"),
    *((one, "whole slides, which no network gets as one picture, in", _CUT) for one in _SLIDES),
    *((one, "volumes in", "save the slices that the network gets as pictures") for one in _VOLUMES),
    *((one, "raw data of a camera in", "save them as JPEG or PNG") for one in _RAW),
)


def unopened(root: Path) -> tuple[str, str] | None:
    """(what was found, what to do) where a folder without pictures holds files that pack them."""
    names = [name for _, _, files in os.walk(root) for name in files]
    for suffix, kind, todo in _KINDS:
        found = sorted(n for n in names if f"{suffix}-" in n.lower() or n.lower().endswith(suffix))
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return f"{kind} files ({found[0]}{more})", todo
    return None
