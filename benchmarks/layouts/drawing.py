"""Pictures of the layouts, what is true of them, and the list that the other files fill."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

from gradcam_core.projects.overrides import Overrides

CLASSES = ("cat", "dog", "owl")
SIZES = ((40, 60), (50, 50))  # height, width, in turns
Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Drawn:
    """One picture: its name without a suffix, class, (height, width) and the object's rectangle."""

    name: str
    label: str
    size: tuple[int, int]
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def corners(self) -> Points:
        """Of the object, clockwise."""
        left, top, right, bottom = map(float, (self.left, self.top, self.right, self.bottom))
        return (left, top), (right, top), (right, bottom), (left, bottom)

    @property
    def shares(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shares of the picture."""
        height, width = self.size
        return self.left / width, self.top / height, self.right / width, self.bottom / height

    def flat(self) -> list[float]:
        """Corners as x, y, x, y, …"""
        return [value for point in self.corners for value in point]


@dataclass(frozen=True)
class Truth:
    """What a reader has to find: name -> label (None: the layout has none), name -> object's polygons."""

    labels: Mapping[str, str | None]
    regions: Mapping[str, Sequence[Points]] = field(default_factory=dict)


@dataclass(frozen=True)
class Layout:
    """One published layout: ``draw`` writes a small copy and says what is true of it.

    ``refused`` holds words of the reason where it cannot be read yet.
    """

    title: str
    draw: Callable[[Path], Truth]
    refused: str = ""
    options: Overrides = field(default_factory=Overrides)


LAYOUTS: dict[str, Layout] = {}
Draw = Callable[[Path], Truth]


def layout(title: str, refused: str = "", **options: object) -> Callable[[Draw], Draw]:
    """Put a drawing function on the list."""

    def add(draw: Draw) -> Draw:
        LAYOUTS[draw.__name__] = Layout(title, draw, refused, Overrides(**options))  # type: ignore[arg-type]
        return draw

    return add


def pictures(count: int = 6, prefix: str = "img", first: int = 0) -> list[Drawn]:
    """Pictures of the classes in turns; every object lies elsewhere."""
    made = []
    for number in range(first, first + count):
        left, top = 5 + 3 * number % 17, 4 + 5 * number % 11
        place = (left, top, left + 20, top + 15)
        made.append(Drawn(f"{prefix}{number:03}", CLASSES[number % 3], SIZES[number % 2], *place))
    return made


def raster(one: Drawn) -> Image.Image:
    """A bright object on grey."""
    array = np.full((*one.size, 3), 90, np.uint8)
    array[one.top : one.bottom, one.left : one.right] = (230, 200, 60)
    return Image.fromarray(array)


def save(one: Drawn, file: Path) -> Path:
    """Write the picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    raster(one).save(file)
    return file


def save_mask(one: Drawn, file: Path, inside: int = 255, outside: int = 0, border: int = 0) -> None:
    """Write a mask with these grey values; ``border`` is that of the object's outermost pixels."""
    array = np.full(one.size, outside, np.uint8)
    array[one.top : one.bottom, one.left : one.right] = border or inside
    array[one.top + 1 : one.bottom - 1, one.left + 1 : one.right - 1] = inside
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(array).save(file)


def write(file: Path, lines: Sequence[object]) -> None:
    """Write lines of text."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def truth(made: Sequence[Drawn], labels: bool = True, regions: bool = False) -> Truth:
    """All of these, with labels and regions or without."""
    return Truth(
        {one.name: one.label if labels else None for one in made},
        {one.name: [one.corners] for one in made} if regions else {},
    )
