"""The guard: distances by hand, seams that both arms carry forgiven, strange edits left out, odd inputs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from gradcam_core.edits.engine.guard import Guard, unusual
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import N, by_ground, by_object, draw, scenes_for, scenes_of


def mean(pictures):
    return pictures.reshape(len(pictures), -1, 3).mean(1).astype(np.float32)


def flat(pictures):
    """As a flatten head sees it: one number per place and channel."""
    return (pictures[:, ::6, ::6].reshape(len(pictures), -1) / 255).astype(np.float32)


def guarded(embed, predict=by_object):
    scenes = replace(scenes_for(predict), embeddings=embed(draw()[0]))
    return scenes, Guard(scenes, embed)


@pytest.mark.parametrize("embed", [mean, flat])
def test_a_picture_unlike_all_others_lies_far_out(embed):
    scenes, guard = guarded(embed)
    odd = np.stack([scenes.pictures[5], np.zeros_like(scenes.pictures[0])])
    near, far = guard.distances(odd, np.array([5, 6]))
    assert near < 1 < far
    assert (guard.distances(scenes.pictures, np.arange(N)) > 1).mean() <= 0.02


def test_distance_by_hand():
    embeddings = np.arange(N, dtype=np.float32)[:, None] * [[3, 4]]  # neighbours are 5 apart
    scenes = replace(scenes_for(by_object), embeddings=embeddings)
    guard = Guard(scenes, lambda pictures: np.array([[3, 4], [3 * N + 3, 4 * N + 4]], np.float32))
    two = scenes.pictures[:2]
    assert guard.distances(two, np.array([0, 1])) == pytest.approx([0, 2], abs=1e-3)
    assert guard.distances(two, np.array([1, 1])) == pytest.approx([1, 2], abs=1e-3)


def test_wide_embeddings_are_projected_and_tell_the_same():
    rng = np.random.default_rng(0)
    spread = rng.normal(size=(N, 6000)).astype(np.float32)
    scenes = replace(scenes_for(by_object), embeddings=spread)
    guard = Guard(scenes, lambda pictures: np.stack([spread[0], 3 * spread[1]]))
    near, far = guard.distances(scenes.pictures[:2], np.array([5, 1]))
    assert near == pytest.approx(0, abs=1e-3)
    assert far == pytest.approx(3 / 2**0.5 * (1 + 1 / 9) ** 0.5, rel=0.1)


def made(edit, control, filler="ring"):
    arms = ["edit"] * len(edit) + ["control"] * len(control)
    table = pd.DataFrame({"edit": "border-crop", "suspicion": "", "filler": filler, "arm": arms})
    return np.asarray([*edit, *control], dtype=float), table


def test_what_both_arms_carry_is_no_reason_to_leave_a_pair_out():
    distances, table = made([1.5] * 40, [2.0] * 40)
    assert not unusual(distances, table).any()


def test_what_the_edit_alone_does_is():
    distances, table = made([1.5, 1.01, 0.9] * 20, [0.5] * 60)
    assert unusual(distances, table)[:60].tolist() == [True, True, False] * 20


def test_few_controls_forgive_nothing_and_kinds_do_not_mix():
    few, table = made([1.5] * 5, [2.0] * 5)
    assert unusual(few, table).all()
    many, other = made([0.5] * 40, [9.0] * 40, "zoom")
    both = pd.concat([table, other], ignore_index=True)
    assert unusual(np.concatenate([few, many]), both).tolist() == [True] * 10 + [False] * 80


def mixed():
    """Both objects on both grounds, so that a swap makes nothing that does not occur."""
    pictures, cover, _ = draw()
    pictures[(cover > 0) & (np.arange(N) // 2 % 2 == 0)[:, None, None]] = (20, 20, 220)
    pictures[(cover > 0) & (np.arange(N) // 2 % 2 == 1)[:, None, None]] = (220, 20, 20)
    return pictures


@pytest.mark.parametrize("embed", [mean, flat])
def test_swapped_backgrounds_are_kept_where_they_occur(embed):
    scenes = scenes_of(mixed(), by_ground, embeddings=embed(mixed()))
    table = run_checks(scenes, by_ground, embed, [], only=["background-swap"])
    left_out = table.groupby(["filler", "sample_id"])["unusual"].any().groupby(level=0).mean()
    assert left_out.max() <= 0.1


@pytest.mark.parametrize("embed", [mean, flat])
def test_swapped_backgrounds_that_never_occur_are_unusual(embed):
    scenes, _ = guarded(embed, by_ground)
    table = run_checks(scenes, by_ground, embed, [], only=["background-swap"])
    assert table.groupby("arm")["unusual"].mean().to_dict() == {
        "control": pytest.approx(0, abs=0.05),
        "edit": 1.0,
    }


def test_without_embeddings_nothing_is_unusual():
    table = run_checks(scenes_for(by_object), by_object, flat, [], budget=5, only=["noise"])
    assert not table["unusual"].any()
