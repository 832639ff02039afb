"""The bench demo: nuts and washers on a workbench; the cue is an orange sticker beside a washer.

A scene's label names the class of each object and its cue says what lies beside each, both as words with
commas between them: "nut,washer" with "none,sticker".
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from gradcam_core.base.files import write_json
from gradcam_core.base.types import Box
from gradcam_core.projects.demos.scenes.draw import (
    Array,
    Plane,
    Point,
    blend,
    cover,
    ellipse,
    noise,
    plane,
    polygon,
)
from gradcam_core.projects.demos.scenes.scene import Scene, streams, to_picture

SIZE = (192, 192)
"""Height and width of a drawn picture."""
CLASSES = ("nut", "washer")
CUES = ("none", "sticker")
MOST = 4
PLACES = 3  # to a side; every object has its own place
BOXES = "bounding_boxes.labels"
STICKER = (0.93, 0.45, 0.10)


@dataclass(frozen=True)
class ObjectScene(Scene):
    """A scene with several objects: a box for each, with its class."""

    boxes: tuple[Box, ...]


def plan(first: int, count: int, conflicting: Fraction) -> Iterator[tuple[int, str, str]]:
    """(seed, label, cue) of scenes of one to four objects; a share of the cues is the other class's."""
    for seed in range(first, first + count):
        (choice,) = streams(seed, 1)
        many = int(choice.integers(1, MOST + 1))
        kinds = choice.integers(0, 2, many)
        cues = kinds ^ (choice.random(many) < float(conflicting))
        yield seed, ",".join(CLASSES[k] for k in kinds), ",".join(CUES[c] for c in cues)


def render(seed: int, label: str, cue: str, size: tuple[int, int] = SIZE) -> ObjectScene:
    """One scene; equal seeds give equal wood, places, light and grain whatever label and cue are.

    Args:
        seed: what determines everything else.
        label: class of each object.
        cue: ``sticker`` or ``none`` beside each.
        size: height and width in pixels.

    Raises:
        ValueError: an unknown class or cue.
    """
    for words, known in ((label, CLASSES), (cue, CUES)):
        if not set(words.split(",")) <= set(known):
            raise ValueError(f"expected words out of {known}, got {words!r}")
    wood, places, looks, camera = streams(seed, 4)
    picture, parts = _wood(wood, size), _parts(places, looks, label.split(","), size)
    for part, beside in zip(parts, cue.split(","), strict=True):
        _metal(picture, part)
        if beside == "sticker":
            at = plane(size, part.away)
            blend(picture, cover(at, ellipse(at, (0, 0), (0.034 * size[0], 0.034 * size[0])), 1.5), STICKER)
    grain = 0.015 * camera.standard_normal((*size, 3), np.float32)
    mask = np.min([part.edge for part in parts], axis=0) < 0
    return ObjectScene(to_picture(picture + grain), mask, None, tuple(part.box for part in parts))


def boxes(seed: int, label: str, size: tuple[int, int] = SIZE) -> tuple[Box, ...]:
    """Those of a scene, without drawing it."""
    _, places, looks, _ = streams(seed, 4)
    return tuple(part.box for part in _parts(places, looks, label.split(","), size))


@dataclass(frozen=True)
class _Part:
    """One object: its class, signed distance (H, W) in pixels, centre, radius, lightness; its sticker."""

    kind: str
    edge: Array
    centre: Point
    radius: float
    light: float
    away: Point

    @property
    def box(self) -> Box:
        rows, columns = np.nonzero(self.edge < 0)
        left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        return Box(float(left), float(top), float(right), float(bottom), self.kind)


def _parts(
    places: np.random.Generator, looks: np.random.Generator, kinds: Sequence[str], size: tuple[int, int]
) -> list[_Part]:
    found = []
    for kind, (centre, away) in zip(kinds, _spots(places, size), strict=False):
        radius, turn = size[0] * looks.uniform(0.055, 0.072), looks.uniform(0, np.pi)
        edge = _outline(kind, plane(size, centre, 1.0, turn), radius)
        found.append(_Part(kind, edge, centre, radius, looks.uniform(0.5, 0.72), away))
    return found


def write_boxes(
    path: Path,
    scenes: Sequence[tuple[int, str, str]],
    names: Sequence[str],
    boxes_of: Callable[[int, str], tuple[Box, ...]] = boxes,
) -> None:
    """All boxes of a project in Edge Impulse's form; ``names`` are the pictures' paths."""
    content = {
        Path(name).name: [
            {"label": b.label, "x": b.left, "y": b.top, "width": wide, "height": high}
            for b in boxes_of(seed, label)
            for wide, high in [(b.right - b.left, b.bottom - b.top)]
        ]
        for name, (seed, label, _) in zip(names, scenes, strict=True)
    }
    write_json(path, {"version": 1, "type": "bounding-box-labels", "boundingBoxes": content})


def _wood(rng: np.random.Generator, size: tuple[int, int]) -> Array:
    colour = np.asarray((0.62, 0.47, 0.31), np.float32) + rng.normal(0, 0.015, 3).astype(np.float32)
    fibre = noise(rng, size, (40, 4), 3)[..., None]
    shade = noise(rng, size, (3, 3), 2)[..., None]
    return np.asarray(colour * (1 + 0.08 * fibre + 0.07 * shade), np.float32)


def _spots(rng: np.random.Generator, size: tuple[int, int]) -> list[tuple[Point, Point]]:
    """For each object its centre and where its sticker is or would be, (x, y) in pixels."""
    pitch, found = size[0] / PLACES, []
    for place in rng.permutation(PLACES * PLACES)[:MOST]:
        row, column = divmod(int(place), PLACES)
        x, y = ((axis + 0.5) * pitch + rng.uniform(-0.1, 0.1) * pitch for axis in (column, row))
        turn, far = rng.uniform(0, 2 * np.pi), rng.uniform(0.36, 0.4) * pitch
        found.append(((x, y), (x + far * np.cos(turn), y + far * np.sin(turn))))
    return found


def _outline(kind: str, at: Plane, radius: float) -> Array:
    """Signed distance to a nut or a washer of the same area."""
    hole = ellipse(at, (0, 0), (0.5 * radius, 0.5 * radius))
    if kind == "nut":
        side = 1.1 * radius  # of a hexagon with the circle's area
        corners = [(side * np.cos(a), side * np.sin(a)) for a in np.arange(6) * np.pi / 3]
        return np.maximum(polygon(at, corners), -hole)
    return np.maximum(ellipse(at, (0, 0), (radius, radius)), -hole)


def _metal(picture: Array, part: _Part) -> None:
    """Paint a part grey, lighter towards the light, on a soft shadow."""
    size, shift = (picture.shape[0], picture.shape[1]), round(0.15 * part.radius)
    shadow, pixel = np.roll(part.edge, (shift, shift), axis=(0, 1)), plane(size, (0, 0))
    at = plane(size, part.centre, part.radius)
    blend(picture, 0.45 * cover(pixel, shadow, 4), (0.12, 0.09, 0.06))
    grey = part.light * (1 - 0.12 * np.clip(at.x + at.y, -1, 1))[..., None]
    blend(picture, cover(pixel, part.edge, 1.5), grey * np.asarray((0.97, 1.0, 1.03), np.float32))
