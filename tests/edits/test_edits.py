"""Each edit moves the model that uses what it changes, and its control does not."""

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits import CHECKS
from gradcam_core.edits.engine.run import run_checks
from gradcam_core.edits.engine.scenes import Scenes
from gradcam_core.edits.noise import noisy
from gradcam_core.edits.photometry import move
from gradcam_core.runs.findings import EDIT_WORDS, TITLES
from tests.edits.made import (
    BOX,
    HEIGHT,
    WIDTH,
    N,
    by_corner,
    by_frame,
    by_ground,
    by_object,
    by_tint,
    draw,
    scenes_for,
    scenes_of,
    with_marker,
)

RED = np.arange(N) % 2 == 1


def difference(table: pd.DataFrame, column: str = "flipped") -> pd.Series:
    """Edit minus control per filler."""
    rates = table.pivot_table(index="filler", columns="arm", values=column, aggfunc="mean")
    return rates["edit"] - rates["control"]


def marked() -> tuple[Scenes, Suspicion]:
    ids = scenes_for(by_object).ids
    shows = tuple(ids[row] for row in np.flatnonzero(RED))
    pictures = with_marker(draw()[0], RED)
    suspicion = Suspicion("fixed-marker/red/1", "fixed-marker", "red", shows, {i: BOX for i in shows})
    return scenes_of(pictures, by_corner), suspicion


@pytest.mark.parametrize(("predict", "expected"), [(by_corner, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_removing_the_spot(predict, expected):
    scenes, suspicion = marked()
    scenes = scenes_of(scenes.pictures, predict)
    table = run_checks(scenes, predict, None, [suspicion], only=["spot-removal"])
    assert set(table["sample_id"]) == set(suspicion.samples)
    assert (table["suspicion"] == suspicion.id).all()
    assert difference(table).tolist() == pytest.approx([expected] * 2)


@pytest.mark.parametrize(("predict", "expected"), [(by_corner, 1.0), (by_object, 0.0), (by_ground, 0.0)])
def test_inserting_the_mark(predict, expected):
    scenes, suspicion = marked()
    scenes = scenes_of(scenes.pictures, predict)
    table = run_checks(scenes, predict, None, [suspicion], only=["patch-insertion"])
    assert set(table["label"]) == {"blue"}
    assert set(table["target"]) == {"red"}
    table["reached"] = table["predicted_after"] == table["target"]
    assert difference(table, "reached").tolist() == pytest.approx([expected] * 2)
    crops = table[(table["filler"] == "crop") & (table["arm"] == "control")]
    assert set(crops["donor_label"]) == {"blue"}


def test_a_spot_that_touches_the_object_is_removed_beside_it_and_not_pasted():
    """A model that goes by the object: a spot over its left half takes nothing away and proves nothing."""
    pictures, cover, _ = draw()
    boxes = {}
    for row in np.flatnonzero(RED):
        rows, columns = np.nonzero(cover[row])
        top, left = rows.min() / HEIGHT, (columns.min() - 12) / WIDTH
        boxes[f"s{row:03d}"] = (top, max(0.0, left), top + 14 / HEIGHT, left + 18 / WIDTH)
    spot = Suspicion("fixed-marker/red/1", "fixed-marker", "red", tuple(boxes), boxes)
    scenes = scenes_of(pictures, by_object)
    table = run_checks(scenes, by_object, None, [spot], only=["spot-removal", "patch-insertion"])
    assert set(table["edit"]) == {"spot-removal"}
    edited = table[table["arm"] == "edit"]
    assert (edited["margin_after"] > 0.85 * edited["margin_before"]).all()
    over = {name: (box[0], box[1] + 12 / WIDTH, box[2], box[3]) for name, box in boxes.items()}
    gone = Suspicion("fixed-marker/red/2", "fixed-marker", "red", tuple(over), over)
    assert len(run_checks(scenes, by_object, None, [gone], only=["spot-removal", "patch-insertion"])) == 0


def test_a_mark_nobody_shows_tests_nothing():
    lost = Suspicion("fixed-marker/red/9", "fixed-marker", "red", ("gone",), {"gone": BOX})
    assert len(run_checks(scenes_for(by_corner), by_corner, None, [lost], only=["patch-insertion"])) == 0
    assert len(run_checks(scenes_for(by_corner), by_corner, None, [lost], only=["spot-removal"])) == 0


@pytest.mark.parametrize("expected", [1.0, 0.0])
def test_inserting_a_watermark(expected):
    rng = np.random.default_rng(5)
    pattern = rng.choice([-12, 12], (HEIGHT, WIDTH))

    def by_pattern(pictures):
        score = (pictures.astype(float).mean(-1) * pattern).mean((1, 2)) / 12 - 6
        return np.stack([-score, score], axis=1).astype(np.float32)

    added = draw()[0].astype(int) + RED[:, None, None, None] * pattern[None, :, :, None]
    predict = by_pattern if expected else by_object
    scenes = scenes_of(np.clip(added, 0, 255).astype(np.uint8), predict)
    shows = tuple(scenes.ids[row] for row in np.flatnonzero(RED))
    suspicion = Suspicion("watermark/red", "watermark", "red", shows)
    table = run_checks(scenes, predict, None, [suspicion], only=["patch-insertion"])
    table["reached"] = table["predicted_after"] == "red"
    assert set(table["filler"]) == {"pattern", "pattern-strong"}
    assert difference(table, "reached").tolist() == pytest.approx([expected] * 2, abs=0.1)


@pytest.mark.parametrize(("predict", "expected"), [(by_tint, 1.0), (by_object, 0.0)])
def test_moving_the_tint(predict, expected):
    tint = np.where(RED, 14, -14)[:, None, None, None] * np.array([1, 0, -1])
    pictures = np.clip(draw()[0].astype(int) + tint, 0, 255).astype(np.uint8)
    table = run_checks(scenes_of(pictures, predict), predict, None, [], budget=20, only=["photometry"])
    colour = table[table["filler"].str.startswith("colour:")]
    assert difference(colour).tolist() == pytest.approx([expected] * 2, abs=0.1)


def test_a_move_goes_from_median_to_median_and_small_ones_are_left_out():
    own, other = np.array([[[0.0, 5], [1, 6], [2, 70]]]), np.array([[[11.0, 3], [10, 2], [90, 4]]])
    assert move(own, other).tolist() == [10.0, -3.0]
    spread = np.arange(20.0)[None, :, None]
    assert move(spread, spread + 1) is None


def test_a_move_goes_as_far_as_object_and_background_agree():
    """Whole, background, object: by 9 and by 4 in one direction is 4; apart, or one alone, is none."""
    own = np.array([[-0.5], [0.0], [0.5]])[None].repeat(3, axis=0)
    for steps, expected in (((6, 9, 4), 4.0), ((-6, -4, -9), -4.0), ((3, 9, -4), None), ((8, 9, 0), None)):
        moved = move(own, own + np.array(steps, dtype=float)[:, None, None])
        assert (moved if moved is None else moved.tolist()) == (
            expected if expected is None else [expected]
        )


def test_a_bright_object_is_no_look_of_the_whole_picture():
    """The model goes by the mean brightness, which differs by class through the objects alone."""

    def by_light(pictures):
        score = (pictures.astype(float).mean((1, 2, 3)) - 110) / 3
        return np.stack([-score, score], axis=1).astype(np.float32)

    base, cover, _ = draw()
    pictures = np.where(cover[..., None] > 0, np.where(RED, 250, 30)[:, None, None, None], 110 + base % 12)
    scenes = scenes_of(pictures.astype(np.uint8), by_light)
    assert len(run_checks(scenes, by_light, None, [], only=["photometry"])) == 0
    blind = scenes_of(scenes.pictures, by_light, cover=np.full_like(cover, np.nan))
    table = run_checks(blind, by_light, None, [], only=["photometry"])
    assert difference(table[table["filler"].str.startswith("brightness")]).min() > 0.9


@pytest.mark.parametrize(("predict", "expected"), [(by_frame, 1.0), (by_object, 0.0)])
def test_a_frame_is_inserted_as_a_ring(predict, expected):
    """Its box is the whole picture: pasted as a box it would bring the object along."""
    pictures = draw()[0]
    for part in (np.s_[:, :2], np.s_[:, -2:], np.s_[:, :, :2], np.s_[:, :, -2:]):
        pictures[part][RED] = 255
    scenes = scenes_of(pictures, predict)
    shows = tuple(scenes.ids[row] for row in np.flatnonzero(RED))
    frame = Suspicion("border/red/data", "border", "red", shows, dict.fromkeys(shows, (0.0, 0.0, 1.0, 1.0)))
    table = run_checks(scenes, predict, None, [frame], only=["patch-insertion", "spot-removal"])
    assert set(table["edit"]) == {"patch-insertion"}
    assert difference(table).tolist() == pytest.approx([expected] * 2)


@pytest.mark.parametrize(("predict", "expected"), [(by_frame, 1.0), (by_object, 0.0)])
def test_cropping_the_border(predict, expected):
    pictures = draw()[0]
    for part in (np.s_[:, :2], np.s_[:, -2:], np.s_[:, :, :2], np.s_[:, :, -2:]):
        framed = pictures[part]
        framed[RED] = 255
    scenes = scenes_of(pictures, predict)
    table = run_checks(scenes, predict, None, [], only=["border-crop"])
    assert difference(table[table["label"] == "red"]).tolist() == pytest.approx([expected] * 2)
    assert table[(table["label"] == "blue")]["flipped"].sum() == 0


def test_removing_the_object_moves_the_model_that_looks_at_it():
    looks, ignores = (
        run_checks(scenes_for(predict), predict, None, [], budget=40, only=["object-removal"])
        for predict in (by_object, by_ground)
    )
    assert difference(looks).min() >= 0.45  # one class of the fake is the default, it stays
    assert ignores["flipped"].sum() == 0


def test_neutral_background_takes_its_structure_away():
    grain = np.random.default_rng(2).integers(-40, 41, (N, HEIGHT, WIDTH, 1)) * RED[:, None, None, None]
    pictures = np.where(draw()[1][..., None] > 0, draw()[0], draw()[0] + grain)
    pictures = np.clip(pictures, 0, 255).astype(np.uint8)

    def by_grain(seen):
        score = np.abs(np.diff(seen[..., 1].astype(float), axis=1)).mean((1, 2)) - 16
        return np.stack([-score, score], axis=1).astype(np.float32)

    table = run_checks(
        scenes_of(pictures, by_grain), by_grain, None, [], budget=24, only=["background-neutralise"]
    )
    reds = table[table["label"] == "red"]
    assert difference(reds)["blur-object"] == pytest.approx(1.0)
    assert set(table["filler"]) == set(CHECKS["background-neutralise"].fillers)


def test_noise_has_the_same_energy_on_both_sides():
    grey = np.full((40, 50, 3), 128, dtype=np.uint8)
    grain = np.random.default_rng(0).normal(size=grey.shape)
    inside = np.zeros((40, 50))
    inside[:10, :10] = 1
    energies = [
        ((noisy(grey, grain, strength).astype(float) - 128) ** 2).sum()
        for strength in (20 * inside, 20 * np.sqrt(100 / 1900) * (1 - inside))
    ]
    assert energies[0] == pytest.approx(energies[1], rel=0.15)
    table = run_checks(scenes_for(by_object), by_object, None, [], budget=12, only=["noise"])
    assert table.groupby(["filler", "arm"]).size().tolist() == [4] * 4


def test_every_check_names_itself_and_its_fillers():
    for name, check in CHECKS.items():
        assert check.title and check.help and check.action and check.fillers, name
    assert {name for name, check in CHECKS.items() if not check.needs_region} == {
        *("spot-removal", "patch-insertion", "photometry", "border-crop", "band-swap")
    }


def test_what_an_edit_decides_without_a_suspicion_is_a_flag_of_findings():
    decided = {name: check.flag for name, check in CHECKS.items() if check.flag}
    assert set(decided.values()) <= set(TITLES)
    assert set(decided) == {n for n, one in CHECKS.items() if one.decisive and not one.flags}
    assert set(EDIT_WORDS) <= set(CHECKS), "words of an edit that there is not"
