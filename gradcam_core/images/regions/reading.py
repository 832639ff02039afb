"""A path given as regions -> one region per sample: detect the formats, read, clip, merge."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gradcam_core.base.errors import ProjectError, SampleError
from gradcam_core.base.inside import holds
from gradcam_core.base.picture_rules import Orientation
from gradcam_core.base.text import short
from gradcam_core.base.types import Box, Fact, Region, RegionSource, Sample, Shape
from gradcam_core.images.regions.clipping import fit_shapes
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat
from gradcam_core.images.regions.frames import find_frames
from gradcam_core.images.regions.matching import Matcher

BROKEN = (
    *(ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, MemoryError),
    *(OSError, csv.Error),
)
"""What a file that is not what it looks like may make of a reader."""
_JUNK = {"__macosx", "thumbs.db", "desktop.ini"}
_PREFERENCE = ("mask", "coco", "yolo", "voc", "edge_impulse", "edge_impulse_info")


@dataclass
class Regions:
    """Regions of a project.

    Attributes:
        regions: sample id -> region; no entry where there is none.
        notes: sample id -> what could not be used, in words.
        formats: title of each format found -> number of its files.
        problems: sentences about files and entries that belong to no sample.
        fact: on which way up turned pictures were annotated; None where none is turned.
    """

    regions: dict[str, Region] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    formats: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    fact: Fact | None = None

    def counts(self) -> Mapping[RegionSource, int]:
        """How many samples have a region of each provenance."""
        sources = [region.source for region in self.regions.values()]
        return {source: sources.count(source) for source in dict.fromkeys(sources)}


def read_regions(
    paths: Path | Sequence[Path],
    samples: Sequence[Sample],
    root: Path,
    orientation: Orientation | None = None,
) -> Regions:
    """Read whatever annotations a file or folder holds.

    Formats are told apart by content, and may be mixed: where several speak of one sample, masks
    (mask pictures, polygons, run lengths) win over boxes.

    Args:
        paths: folders (searched with their sub-folders) and files, one or several.
        samples: of the project, ``root`` is where their paths begin.
        orientation: the way up that pictures with an EXIF orientation were annotated on; None: found out.

    Raises:
        ProjectError: nothing there, no known format, or nothing that speaks of these samples.
    """
    places = [paths] if isinstance(paths, Path) else list(paths)
    path = ", ".join(str(place) for place in places[:3])
    for place in places:
        if not place.exists():
            raise ProjectError("a file or folder with regions", f"{place} does not exist", "check the path")
    matcher, by_format, others = Matcher(samples, root), *_sort_files(places)
    if not by_format:
        raise ProjectError(
            f"regions in one of: {', '.join(entry.title for entry in REGIONS.values())}",
            f"none of these in {path}" + (f", but {_some(others)}" if others else ""),
            "point at the folder or file that holds them",
        )
    readings = {name: _read(name, files, matcher) for name, files in by_format.items()}
    result = _merge(readings, matcher, orientation)
    result.formats = {REGIONS[name].title: len(files) for name, files in by_format.items()}
    if others:
        result.problems.append(f"not regions: {_some(others)}")
    if not result.regions and not result.notes:
        raise ProjectError(
            "regions of this project's pictures",
            f"{path}, none of which names one of the {len(samples)} pictures; "
            + "; ".join(result.problems),
            "name annotations and pictures alike",
        )
    return result


def _read(name: str, files: Sequence[Path], matcher: Matcher) -> Reading:
    """What the files of one format say.

    Raises:
        ProjectError: one of them is not what it looks like.
    """
    entry = REGIONS[name]
    try:
        return entry.read(files, matcher)
    except BROKEN as error:
        found = f"in {_some([file.name for file in files])}: {short(error) or type(error).__name__}"
        raise ProjectError(
            f"regions as {entry.title} writes them", found, "correct or leave out"
        ) from error


def _sort_files(places: Sequence[Path]) -> tuple[dict[str, list[Path]], list[str]]:
    by_format: dict[str, list[Path]] = {}
    others = []
    files = (file for place in places for file in ([place] if place.is_file() else sorted(_files(place))))
    for file in dict.fromkeys(files):
        name = next((name for name, entry in REGIONS.items() if _takes(entry, file)), None)
        if name is None:
            others.append(file.name)
        else:
            by_format.setdefault(name, []).append(file)
    return by_format, others


def _takes(entry: RegionFormat, file: Path) -> bool:
    try:
        return entry.takes(file)
    except BROKEN:
        return False


def _files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        hidden = any(part.startswith(".") or part.lower() in _JUNK for part in parts)
        if not hidden and file.is_file() and holds(folder, file.absolute()):
            yield file


def _some(names: Sequence[str], most: int = 3) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _merge(readings: Mapping[str, Reading], matcher: Matcher, orientation: Orientation | None) -> Regions:
    order = sorted(readings, key=lambda name: _PREFERENCE.index(name) if name in _PREFERENCE else 99)
    speaking = [readings[name] for name in order]
    result, used = Regions(), dict[str, Reading]()
    samples = list(dict.fromkeys(id_ for reading in speaking for id_ in reading.shapes))
    best = {sample: _best_first(sample, speaking) for sample in samples}
    annotated = {
        sample: (found[0].shapes[sample], found[0].sizes.get(sample)) for sample, found in best.items()
    }
    frames = find_frames(annotated, matcher, orientation)
    result.fact = frames.fact
    for sample in samples:
        for reading in best[sample]:
            usable = _usable(sample, reading, matcher, frames.of.get(sample, "upright"))
            if usable:
                result.regions[sample] = Region(_provenance(usable), tuple(usable))
                used[sample] = reading
                break
    _gather_notes(result, speaking, used)
    if matcher.ambiguous:
        result.problems.append(f"names that fit several pictures: {_some(sorted(matcher.ambiguous))}")
    return result


def _best_first(sample: str, readings: Sequence[Reading]) -> list[Reading]:
    """Those that speak of the sample, masks before boxes."""
    offers = [reading for reading in readings if sample in reading.shapes]
    return sorted(offers, key=lambda reading: _provenance(reading.shapes[sample]) != "mask")


def _usable(sample: str, reading: Reading, matcher: Matcher, frame: Orientation) -> list[Shape]:
    try:
        annotated, header = reading.sizes.get(sample), lambda: matcher.header(sample)
        usable, notes = fit_shapes(reading.shapes[sample], annotated, header, frame)
    except SampleError as error:
        usable, notes = [], [error.found]
    for text in notes:
        reading.note(sample, text)
    return usable


def _provenance(shapes: Sequence[Shape]) -> RegionSource:
    return "box" if any(isinstance(shape, Box) for shape in shapes) else "mask"


def _gather_notes(result: Regions, readings: Sequence[Reading], used: Mapping[str, Reading]) -> None:
    """Notes of the format that was used; those of the others are only counted."""
    elsewhere = 0
    for reading in readings:
        for sample, texts in reading.notes.items():
            if used.get(sample, reading) is reading:
                result.notes[sample] = "; ".join(filter(None, (result.notes.get(sample, ""), *texts)))
            else:
                elsewhere += 1
        result.problems.extend(reading.problems)
    if elsewhere:
        result.problems.append(f"{elsewhere} unusable entries of a format that another one stands in for")
