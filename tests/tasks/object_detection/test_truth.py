"""Annotated boxes on the model's grid."""

from pathlib import Path

import pytest

from gradcam_core.base.types import Box, InputSpec, MaskFile, Polygon, Region, Resize
from gradcam_core.images import geometry, turned_edges, turned_size
from gradcam_core.images.turning import TURNS
from gradcam_core.tasks.object_detection.cells import rectangles
from gradcam_core.tasks.object_detection.truth import marked

SPEC = InputSpec(32, 48, 3)


def edges(region: Region, size: tuple[int, int], spec: InputSpec = SPEC) -> list[tuple[float, ...]]:
    found, _ = marked(region, size, spec, (4, 6), ("nut", "bolt"))
    return [one.edges for one in found]


def test_boxes_land_on_the_grid_through_every_resize() -> None:
    box = Region("box", (Box(96, 16, 192, 32, "nut"),))
    assert edges(box, (64, 192)) == [(1.0, 3.0, 2.0, 6.0)]
    # 64×192 cropped to 64×96 around the centre shows x from 48 to 144
    short = InputSpec(32, 48, 3, resize="fit-short")
    assert edges(box, (64, 192), short) == [(1.0, 3.0, 2.0, 6.0)]
    # scaled by 1/4 to 16×48 with 8 rows of padding above
    long = InputSpec(32, 48, 3, resize="fit-long")
    assert edges(box, (64, 192), long) == [(1.5, 3.0, 2.0, 6.0)]
    triangle = Region("mask", (Polygon(((96, 16), (192, 20), (100, 32)), "nut"),))
    assert edges(triangle, (64, 192)) == edges(box, (64, 192))


@pytest.mark.parametrize("resize", ["squash", "fit-short", "fit-long"])
@pytest.mark.parametrize("turn", TURNS)
def test_boxes_and_cells_of_turned_pictures_lie_as_people_see_them(turn: int, resize: Resize) -> None:
    spec, stored = InputSpec(32, 48, 3, resize=resize), (64, 192)
    top, left, bottom, right = turned_edges((16, 96, 32, 140), stored, turn)
    size = turned_size(stored, turn)
    region = Region("box", (Box(left, top, right, bottom, "nut"),))
    found, _ = marked(region, size, spec, (4, 6), ("nut", "bolt"), turn)
    assert found[0].edges == pytest.approx(
        edges(Region("box", (Box(96, 16, 140, 32, "nut"),)), stored, spec)[0]
    )
    cells = ((1, 3), (2, 4))
    plain = rectangles(cells, (4, 6), geometry(stored, spec.size, resize))
    shown = rectangles(cells, (4, 6), geometry(size, spec.size, resize, turn))
    for one, other in zip(plain, shown, strict=True):
        x0, y0, x1, y1 = one
        expected = turned_edges((y0, x0, y1, x1), (1, 1), turn)
        assert (other[1], other[0], other[3], other[2]) == pytest.approx(expected)


def test_what_cannot_be_used_or_told_apart_is_said() -> None:
    shapes = (
        Box(0, 0, 20, 20, "nut"), Box(2, 2, 24, 24, "bolt"), Box(0, 40, 9, 60, "cog"), Box(1, 1, 2, 2),
        Box(150, 0, 190, 20, "nut"), MaskFile(Path("mask.png")),
    )  # fmt: skip
    short = InputSpec(32, 48, 3, resize="fit-short")
    found, notes = marked(Region("box", shapes), (64, 192), short, (4, 6), ("nut", "bolt"))
    assert found == []
    found, notes = marked(Region("box", shapes), (64, 96), SPEC, (4, 6), ("nut", "bolt"))
    assert [one.number for one in found] == [1, 2] and [one.cell for one in found] == [(0, 0), (0, 0)]
    assert notes == [
        "box 3: the model has no class 'cog'", "box 4 has no class",
        "box 5 lies outside what the model sees", "box 6 has no class",
        "2 boxes share the cell 0,0: the grid sees one",
    ]  # fmt: skip
