"""Background neutralise: the picture's own background loses its structure, its colours stay.

Two fillers: a strong blur of the surroundings (object painted out first) and tiles of the picture's border,
shuffled. Two controls each: the same operation on an equally large random region, and (fillers with
``-object``) on the object. With a small object an equally large random region takes the object with it, so
only a background that matters more than the object beats both: this edit supports, the swap decides.

Where rows are objects of one picture the surroundings of the row's object lose their structure, as far as
the object is large on each side, against an equally shaped region elsewhere, both outside every object.
"""

from collections.abc import Iterator

import cv2
import numpy as np

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import Picture
from gradcam_core.edits import CHECKS, Check, Edit, rows_with_region
from gradcam_core.edits.engine import around_objects, filling, places
from gradcam_core.edits.engine.stage import Stage

NAME = "background-neutralise"
FILLERS = ("blur", "tiles", "blur-object", "tiles-object")
BLUR = 0.12  # of the width
BLOCKS = 6  # per side


def blurred(picture: Picture) -> Picture:
    """(H, W, 3) uint8, the picture without any structure finer than an eighth of its width."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), BLUR * picture.shape[1]), dtype=np.uint8)


def shuffled(picture: Picture, rng: np.random.Generator) -> Picture:
    """(H, W, 3) uint8, the picture cut into blocks and put together in random order."""
    tall, wide = (max(1, side // BLOCKS) for side in picture.shape[:2])
    rows, columns = picture.shape[0] // tall, picture.shape[1] // wide
    result = picture.copy()
    for place, source in enumerate(rng.permutation(rows * columns)):
        (down, right), (top, left) = divmod(place, columns), divmod(int(source), columns)
        block = picture[top * tall : (top + 1) * tall, left * wide : (left + 1) * wide]
        result[down * tall : (down + 1) * tall, right * wide : (right + 1) * wide] = block
    return result


def neutral(stage: Stage, row: int, filler: str, rng: np.random.Generator) -> Picture:
    """(H, W, 3) uint8 to take new background from, made of this sample's own background."""
    if filler.startswith("tiles"):
        tiled = filling.tiles(stage.scenes.pictures[row], stage.taken(row))
        return shuffled(stage.emptied(row) if tiled is None else tiled, rng)
    return blurred(stage.emptied(row))


def plan(stage: Stage, row: int, suspicion: Suspicion | None, rng: np.random.Generator) -> Iterator[Edit]:
    """One edit and one control per filler."""
    picture, kept = stage.scenes.pictures[row], stage.mask(row)
    for filler in FILLERS:
        over = neutral(stage, row, filler, rng)
        lost, other = ~kept, kept if filler.endswith("-object") else ~places.rolled(kept, rng)
        if stage.scenes.cells is not None:
            taken = stage.taken(row)
            lost = around_objects.around(kept) & ~taken
            other = kept if filler.endswith("-object") else places.far(lost, taken, rng) & ~taken
        yield Edit(row, NAME, filler, "edit", filling.blend(picture, over, filling.soft(lost)))
        yield Edit(row, NAME, filler, "control", filling.blend(picture, over, filling.soft(other)))


CHECKS.add(
    NAME,
    Check(
        title="Background neutralised",
        help="The background loses its structure, against a random region of its size and the object.",
        action="Replacing the background by something neutral",
        plan=plan,
        eligible=rows_with_region,
        needs_region=True,
        decisive=False,
        fillers=FILLERS,
    ),
)
