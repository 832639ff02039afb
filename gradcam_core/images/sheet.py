"""Pictures side by side with lines of text below each: a contact sheet as one picture."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from gradcam_core.base.text import short
from gradcam_core.base.types import Picture

WIDTH, GAP, LINE, LETTER = 224, 12, 18, 13
PER_ROW, CHARACTERS = 3, 34
PAPER, INK, EMPTY = (255, 255, 255), (20, 20, 20), (225, 225, 225)
Tile = tuple[Picture | None, Sequence[str]]


def enlarged(picture: Picture, width: int = WIDTH) -> Picture:
    """(h, w, 3) uint8, every pixel a square block of whole size, about ``width`` wide; never shrunk."""
    times = max(1, round(width / picture.shape[1]))
    return np.repeat(np.repeat(picture, times, axis=0), times, axis=1)


def contact_sheet(tiles: Sequence[Tile]) -> Picture:
    """(H, W, 3) uint8, three tiles a row on white; small pictures as visible pixels.

    Args:
        tiles: at least one: picture (h, w, 3) uint8 or None, and the lines below it.
    """
    pictures = [None if picture is None else enlarged(picture) for picture, _ in tiles]
    sizes = [(WIDTH, WIDTH) if picture is None else picture.shape[:2] for picture in pictures]
    cell_height = max(height for height, _ in sizes) + LINE * max(len(lines) for _, lines in tiles) + GAP
    cell_width = max(WIDTH, *(width for _, width in sizes)) + GAP
    rows = -(-len(tiles) // PER_ROW)
    size = (cell_width * min(PER_ROW, len(tiles)) + GAP, cell_height * rows + GAP)
    sheet = Image.new("RGB", size, PAPER)
    for place, (picture, (_, lines)) in enumerate(zip(pictures, tiles, strict=True)):
        row, column = divmod(place, PER_ROW)
        _draw(sheet, (GAP + column * cell_width, GAP + row * cell_height), picture, lines)
    return np.asarray(sheet)


def _draw(
    sheet: Image.Image, corner: tuple[int, int], picture: Picture | None, lines: Sequence[str]
) -> None:
    left, top = corner
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(LETTER)
    height = WIDTH if picture is None else picture.shape[0]
    if picture is None:
        pen.rectangle((left, top, left + WIDTH - 1, top + WIDTH - 1), fill=EMPTY)
    else:
        sheet.paste(Image.fromarray(picture), corner)
    for number, line in enumerate(lines):
        pen.text((left, top + height + 2 + number * LINE), short(line, CHARACTERS), INK, font)
