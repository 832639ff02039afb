"""The regions of a folder project: given, or found in folders and files that look like annotations."""

from collections.abc import Sequence
from pathlib import Path

from gradcam_core.base.errors import ProjectError
from gradcam_core.base.inside import holds
from gradcam_core.base.types import Sample
from gradcam_core.images.regions import REGIONS, Regions, read_regions
from gradcam_core.projects.folder.work import Work, count, some

_LOOSE = frozenset((".json", ".jsonl", ".labels", ".csv", ".xml"))
_LOOSE_NAMES = frozenset(("bounding_boxes.txt",))


def find_regions(work: Work, samples: Sequence[Sample]) -> Regions:
    """Read the regions and say what was found.

    Raises:
        ProjectError: the given path holds no regions of these samples. What was merely found is a fact.
    """
    given = work.answers.regions
    if given is not None:
        path = (given if given.exists() else work.root / given).resolve()
        found = read_regions(path, samples, work.picture_root, work.answers.regions_orientation)
        _fact(work, found, len(samples), [str(given)], given=True)
        return found
    scanned = [place for place in work.scan.regions if _of_the_project(place, work)]
    places = list(dict.fromkeys((*scanned, *_loose_files(work))))
    names = [work.below(place) for place in places]
    if not places:
        work.fact("regions", "none", "guessed", "no folder or file that looks like masks or annotations")
        return Regions()
    try:
        found = read_regions(places, samples, work.picture_root, work.answers.regions_orientation)
    except ProjectError as error:
        work.fact("regions", "none", "guessed", f"looked at {some(names, 3)}", error.found)
        return Regions()
    _fact(work, found, len(samples), names, given=False)
    return found


def _of_the_project(place: Path, work: Work) -> bool:
    """Links that lead out of the project are followed by nobody who did not name them."""
    found = place.resolve()
    return found.is_relative_to(work.root) or found.is_relative_to(work.picture_root)


def _loose_files(work: Work) -> list[Path]:
    """Annotation files lying beside the pictures or in the project folder."""
    files = (f for place in work.scan.chain for f in sorted(place.iterdir()) if holds(place, f))
    return [
        file
        for file in files
        if (file.suffix.lower() in _LOOSE or file.name.lower() in _LOOSE_NAMES)
        and any(REGIONS[name].takes(file) for name in REGIONS)
    ]


def _fact(work: Work, found: Regions, samples: int, names: Sequence[str], given: bool) -> None:
    kinds = ", ".join(f"{kind} {number:,}" for kind, number in found.counts().items())
    warnings = list(found.problems[:4])
    if found.notes:
        first = next(iter(found.notes))
        warnings.insert(
            0, f"{count(len(found.notes), 'sample')} with unusable entries: {first}: {found.notes[first]}"
        )
    work.fact(
        "regions",
        f"{len(found.regions):,} of {samples:,} samples ({kinds or 'none usable'})",
        "given" if given else "guessed",
        f"{', '.join(found.formats)} in {some(names, 3)}",
        "; ".join(warnings),
    )
    if found.fact is not None:
        work.facts.append(found.fact)
