"""Pascal VOC XML: one file per picture, boxes as ``xmin ymin xmax ymax`` in pixels."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from gradcam_core.base.types import Box
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers, size_of
from gradcam_core.images.regions.formats._xml import UNREADABLE, first_tag, root_of
from gradcam_core.images.regions.matching import Matcher


def _takes(path: Path) -> bool:
    return path.suffix.lower() == ".xml" and first_tag(path) != "annotations"  # those are of CVAT


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    strangers = 0
    for file in files:
        try:
            root = root_of(file)
        except UNREADABLE as error:
            reading.note(matcher.find(file.as_posix()), f"{file.name}: {error}")
            continue
        sample = _sample(file, root, matcher)
        if sample is None:
            strangers += 1
        else:
            _read_one(root, sample, reading)
    if strangers:
        reading.problems.append(f"{strangers} XML files name no picture of this project")
    return reading


def _sample(file: Path, root: Element, matcher: Matcher) -> str | None:
    """By the XML file's own name first: ``filename`` inside is often left over from elsewhere."""
    names = (file.as_posix(), root.findtext("filename"), root.findtext("path"))
    return next((found for name in names if name and (found := matcher.find(name.strip()))), None)


def _read_one(root: Element, sample: str, reading: Reading) -> None:
    size = size_of(root.findtext("size/height"), root.findtext("size/width"))
    if size is not None:
        reading.sizes[sample] = size
    for thing in root.iter("object"):
        label = (thing.findtext("name") or "").strip()
        corners = numbers([thing.findtext(f"bndbox/{edge}") for edge in ("xmin", "ymin", "xmax", "ymax")])
        if corners is None:
            reading.note(sample, f"VOC object {label!r} without a usable bndbox")
        else:
            left, top, right, bottom = corners
            reading.add(sample, Box(left, top, right, bottom, label))


REGIONS.add("voc", RegionFormat("Pascal VOC XML", _takes, _read))
