"""CUB-200 (Wah et al. 2011): ``bounding_boxes.txt``, whose numbers ``images.txt`` explains."""

from collections.abc import Sequence
from pathlib import Path

from gradcam_core.base.files import read_text
from gradcam_core.base.inside import holds
from gradcam_core.base.types import Box
from gradcam_core.images.regions.formats import REGIONS, Reading, RegionFormat, numbers
from gradcam_core.images.regions.matching import Matcher

BOXES, PICTURES = "bounding_boxes.txt", "images.txt"


def _takes(path: Path) -> bool:
    return path.name.lower() == BOXES and holds(path.parent, PICTURES)


def _read(files: Sequence[Path], matcher: Matcher) -> Reading:
    reading = Reading()
    for file in files:
        try:
            pictures = dict(_pairs(file.with_name(PICTURES)))
            for number, rest in _pairs(file):
                sample, box = matcher.find(pictures.get(number, "")), numbers(rest.split(), 4)
                if sample is not None and box is not None:
                    left, top, width, height = box
                    reading.add(sample, Box(left, top, left + width, top + height))
                elif sample is not None:
                    reading.note(sample, f"{file.name}: {number} has no usable box")
        except (OSError, ValueError) as error:
            reading.problems.append(f"{file.name}: {error}")
    return reading


def _pairs(file: Path) -> list[tuple[str, str]]:
    """(number, what follows) of each line."""
    lines = [line.strip().partition(" ") for line in read_text(file).splitlines() if line.strip()]
    return [(number, rest) for number, _, rest in lines]


REGIONS.add("cub", RegionFormat("CUB-200 bounding boxes", _takes, _read))
