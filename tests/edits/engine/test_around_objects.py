"""Rows that are objects: what their edits spare, lend and find."""

from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.base.logits import class_logits
from gradcam_core.base.suspicion import Suspicion
from gradcam_core.base.types import picture_of
from gradcam_core.edits import rows_with_region
from gradcam_core.edits.engine import around_objects
from gradcam_core.edits.engine.run import PlannedCheck, run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.engine.stage import Stage
from gradcam_core.runs.pairing import pair
from gradcam_core.tasks.object_detection.rows import cell_shares
from tests.findings.conclude.made import conclude

PICTURES, CELL, GRID = 96, 12, (6, 8)
SIZE = (GRID[0] * CELL, GRID[1] * CELL)
NAMES = ("background", "nut", "washer")
STICKER, SHAPES = (250, 120, 20), {1: (40, 40, 220), 2: (40, 200, 60)}
SPOTS = ((1, 1), (1, 5), (4, 3))  # cells of the objects; the sticker lies one cell to the right


def around(pictures: np.ndarray, colour: tuple[int, ...], reach: int) -> np.ndarray:
    """(N, h, w) share of a cell and ``reach`` cells about it that has nearly this colour."""
    near = (np.abs(pictures.astype(int) - colour).max(axis=-1) < 30).astype(float)
    cells = near.reshape(len(near), GRID[0], CELL, GRID[1], CELL).mean(axis=(2, 4))
    wide = np.pad(cells, ((0, 0), (reach, reach), (reach, reach)))
    view = np.lib.stride_tricks.sliding_window_view(wide, (2 * reach + 1,) * 2, axis=(1, 2))
    return np.asarray(view.sum(axis=(-1, -2)))


def answers(pictures: np.ndarray, of_washers: np.ndarray, of_nuts: np.ndarray) -> np.ndarray:
    """Logits of a detector that finds any object and names it by the sign of a difference."""
    seen = np.maximum(*(around(pictures, colour, 0) for colour in SHAPES.values()))
    which = np.clip(20 * (of_washers - of_nuts), -4, 4)
    logits = np.stack([np.where(seen > 0.2, -9.0, 9.0), -which, which], axis=-1)
    return logits.reshape(len(pictures), -1).astype(np.float32)


def by_sticker(pictures: np.ndarray) -> np.ndarray:
    found = around(pictures, STICKER, 1)
    return answers(pictures, found, np.full_like(found, 0.06))


def by_shape(pictures: np.ndarray) -> np.ndarray:
    return answers(pictures, *(around(pictures, SHAPES[kind], 0) for kind in (2, 1)))


def bench(predict, shuffled: bool = False, only: tuple[int, ...] = (1, 2)) -> Scenes:  # type: ignore[no-untyped-def]
    """Three objects to a picture; a sticker beside each washer, or beside any object at random."""
    rng = np.random.default_rng(5)
    pictures = rng.integers(105, 130, (PICTURES, *SIZE, 3)).astype(np.uint8)
    rows = [(number, spot) for number in range(PICTURES) for spot in SPOTS]
    kinds = rng.choice(only, len(rows))
    cover = np.zeros((len(rows), *SIZE), np.float32)
    for row, ((number, (down, right)), kind) in enumerate(zip(rows, kinds, strict=True)):
        top, left = down * CELL + 2, right * CELL + 2
        pictures[number, top : top + 8, left : left + 8] = SHAPES[int(kind)]
        cover[row, top : top + 8, left : left + 8] = 1
        if rng.integers(2) if shuffled else kind == 2:
            pictures[number, top + 2 : top + 7, left + 14 : left + 19] = STICKER
    shown = pictures[[number for number, _ in rows]]
    cells = cell_shares([f"{down},{right}" for _, (down, right) in rows], GRID)
    return Scenes(
        ids=tuple(f"p{number:03d}#{SPOTS.index(spot) + 1}" for number, spot in rows),
        pictures=shown,
        cover=cover,
        region_source=("mask",) * len(rows),
        labels=kinds.astype(np.intp),
        class_names=NAMES,
        logits=class_logits(predict(shown), cells, "softmax"),
        activation="softmax",
        units=tuple(f"p{number:03d}" for number, _ in rows),
        cells=cells,
    )


@pytest.fixture(scope="module")
def planted() -> Scenes:
    return bench(by_sticker)


def test_a_row_knows_its_picture_and_every_object_on_it(planted: Scenes) -> None:
    assert [picture_of(name) for name in ("a#1", "a#b#12", "plain")] == ["a", "a#b", "plain"]
    stage = Stage(planted)
    assert planted.pictured[:4].tolist() == [0, 0, 0, 1]
    every = planted.cover[:3].max(axis=0) > 0
    assert stage.taken(1)[every].all() and not stage.taken(1).all()
    assert (stage.hole(1) & every).sum() == 64, "a row's own hole holds its own object alone"


def test_false_alarms_and_misses_are_not_edited(planted: Scenes) -> None:
    labels, logits = planted.labels.copy(), planted.logits.copy()
    labels[0] = 0  # found where no box is
    logits[4] = (9, -9, -9)  # a box that was missed
    stage = Stage(replace(planted, labels=labels, logits=logits))
    assert {0, 4}.isdisjoint(rows_with_region(stage, None).tolist()) and 4 in stage.usable


@pytest.mark.parametrize("edit", ["background-swap", "background-neutralise", "border-crop"])
def test_both_arms_leave_the_rows_own_object_as_it_was(planted: Scenes, edit: str) -> None:
    row, stage = 7, Stage(planted)
    inner = np.zeros(SIZE, bool)
    rows, columns = (slice(part.min() + 2, part.max() - 1) for part in np.nonzero(planted.cover[row]))
    inner[rows, columns] = True
    made = [
        one for one in PlannedCheck(edit, None, row).edits(stage, 0) if not one.filler.endswith("-object")
    ]
    assert {one.arm for one in made} == {"edit", "control"}
    for one in made:
        assert (np.abs(one.picture[inner].astype(int) - planted.pictures[row][inner]) <= 2).all(), one
        assert (one.picture != planted.pictures[row]).any()


def test_neutralised_places_lie_outside_every_object(planted: Scenes) -> None:
    boxes = planted.cover[6:9].max(axis=0) > 0
    for one in PlannedCheck("background-neutralise", None, 7).edits(Stage(planted), 0):
        if not one.filler.endswith("-object"):
            changed = np.abs(one.picture.astype(int) - planted.pictures[7]).max(axis=-1)
            assert (changed[boxes] <= 2).all() and (changed > 2).sum() > 50, (one.filler, one.arm)


def test_a_spots_control_lies_as_far_from_the_object() -> None:
    mask, spot = np.zeros((40, 60), bool), np.zeros((40, 60), bool)
    mask[16:24, 26:34] = spot[18:22, 38:42] = True
    wall = np.zeros_like(mask)
    wall[:, 36:] = True
    for seed in range(6):
        control = around_objects.as_far(spot, mask, wall | mask, np.random.default_rng(seed))
        (down, right), (top, left) = around_objects.centre(control), around_objects.centre(mask)
        assert control.sum() == 16 and not (control & (wall | mask)).any()
        assert np.hypot(down - top, right - left) == pytest.approx(10, abs=1.5)


def test_a_mark_is_carried_to_the_same_side_of_another_object() -> None:
    one, other = np.zeros((40, 60), bool), np.zeros((40, 60), bool)
    one[10:20, 10:20] = other[20:30, 40:50] = True
    box = around_objects.carried((0.25, 0.4, 0.5, 0.5), one, other)
    assert box == pytest.approx((0.5, 0.9, 0.75, 1.0)), "10 of 40 rows down, 30 of 60 columns to the right"
    far = around_objects.carried((0.25, 0.4, 0.5, 0.55), one, other)
    assert far == pytest.approx((0.5, 0.85, 0.75, 1.0)), "pushed inside the picture"
    picture = np.zeros((40, 60, 3), np.uint8)
    picture[15, 24] = 200
    assert around_objects.moved(picture, one, other)[25, 54].tolist() == [200, 200, 200]


def level(table) -> int:  # type: ignore[no-untyped-def]
    return max(one.level for one in conclude([], table) if one.flag == "background")


@pytest.mark.slow
def test_a_sticker_beside_the_object_is_found(planted: Scenes) -> None:
    table = run_checks(planted, by_sticker, None, [], budget=140, only=["background-swap"])
    assert level(table) == 3
    for filler, rows in table.groupby("filler"):
        rates = pair(rows)[["edit", "control"]].mean()
        assert rates["edit"] > 0.9 and rates["control"] < 0.1, filler


@pytest.mark.slow
@pytest.mark.parametrize("shuffled", [False, True])
def test_what_no_sticker_decides_stays_below_the_models_use(shuffled: bool) -> None:
    """The shape decides, whatever the stickers."""
    scenes = bench(by_shape, shuffled)
    table = run_checks(scenes, by_shape, None, [], budget=140, only=["background-swap", "border-crop"])
    assert level(table) < 3 and len(table) > 500


@pytest.mark.slow
def test_a_sticker_that_decides_is_found_although_it_goes_with_no_class() -> None:
    """What is lent of a class is what the model takes for it, so the edit brings another sticker."""
    table = run_checks(bench(by_sticker, True), by_sticker, None, [], budget=140, only=["background-swap"])
    assert level(table) == 3


@pytest.mark.slow
def test_a_detector_of_one_class_is_tested_against_places_without_objects() -> None:
    def needs_sticker(pictures: np.ndarray) -> np.ndarray:
        logits = by_sticker(pictures).reshape(len(pictures), *GRID, 3)
        seen = logits[..., 2] > 0
        logits[..., 0] = np.where(seen, logits[..., 0], 9.0)
        return logits.reshape(len(pictures), -1)

    scenes = bench(needs_sticker, only=(2,))
    table = run_checks(scenes, needs_sticker, None, [], budget=140, only=["background-swap"])
    assert level(table) == 3 and set(table["predicted_after"]) == {"washer", "background"}


@pytest.mark.slow
def test_spots_beside_objects_are_removed_and_pasted_where_they_belong(planted: Scenes) -> None:
    rows = np.flatnonzero(planted.labels == 2)
    boxes = {}
    for row in rows:
        top, left = (int(part.min()) for part in np.nonzero(planted.cover[row]))
        box = ((top + 1) / SIZE[0], (left + 13) / SIZE[1], (top + 8) / SIZE[0], (left + 20) / SIZE[1])
        boxes[planted.ids[row]] = box
    spot = Suspicion(
        "roaming-marker/washer/patch", "roaming-marker", "washer", tuple(boxes), boxes, None, 1
    )
    table = run_checks(planted, by_sticker, None, [spot], only=["spot-removal", "patch-insertion"])
    for (edit, filler), part in table.groupby(["edit", "filler"]):
        rates = pair(part)[["edit", "control"]].mean()
        assert rates["edit"] > 0.9 and rates["control"] < 0.1, (edit, filler)
