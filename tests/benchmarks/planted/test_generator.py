"""The drawn pictures: a flip touches the cue alone, masks are exact, nuisance ignores the class."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.planted.cases import CASES, choose
from benchmarks.planted.cues import CUES
from benchmarks.planted.render import render
from benchmarks.planted.scene import draw_scene, scenes, speaks_for, with_cues

SIDE = 48
BEHIND = [name for name, cue in CUES.items() if cue.stage == "backdrop"]


def both(name: str, scene_seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One scene of the case that plants only ``name``, with cue 0 and 1, and its mask."""
    case = replace(CASES["K1-clean"], cues=(name,))
    scene = draw_scene(case, 1, scene_seed)
    (off, mask), (on, same) = (render(with_cues(scene, value), case, SIDE) for value in (0, 1))
    assert np.array_equal(mask, same)
    return off, on, mask


@pytest.mark.parametrize("name", ["background", *BEHIND])
@pytest.mark.parametrize("seed", [3, 4, 5])
def test_cue_behind_the_object_leaves_the_object_alone(name: str, seed: int) -> None:
    off, on, mask = both(name, seed)
    changed = (off != on).any(axis=2)
    assert changed.any()
    assert not (changed & mask).any()


def test_collar_changes_only_the_object() -> None:
    off, on, mask = both("collar")
    changed = (off != on).any(axis=2)
    assert 0.05 < changed.sum() / mask.sum() < 0.4
    assert not (changed & ~mask).any()


def test_tag_lies_in_its_corner_and_ruler_on_its_edge() -> None:
    off, on, _ = both("tag")
    rows, columns = np.nonzero((off != on).any(axis=2))
    assert rows.min() == columns.min() == 1
    assert (rows.max(), columns.max()) == (7, 9)
    off, on, _ = both("ruler")
    assert np.nonzero((off != on).any(axis=2))[0].min() == SIDE - 5


def test_roaming_tag_visits_all_corners() -> None:
    seen = set()
    for seed in range(30):
        off, on, _ = both("roaming-tag", seed)
        rows, columns = np.nonzero((off != on).any(axis=2))
        seen.add((rows.mean() > SIDE / 2, columns.mean() > SIDE / 2))
    assert len(seen) == 4


@pytest.mark.parametrize("name", ["tint", "watermark"])
def test_overlay_reaches_object_and_background(name: str) -> None:
    off, on, mask = both(name)
    changed = (off != on).any(axis=2)
    assert (changed & mask).any()
    assert (changed & ~mask).any()


def test_mask_is_exactly_what_the_object_paints() -> None:
    case = CASES["K1-clean"]
    scene = draw_scene(case, 1, 11)
    picture, mask = render(scene, case, 64)
    recoloured, _ = render(replace(scene, colour=(0.9, 0.1, 0.1)), case, 64)
    painted = (picture != recoloured).any(axis=2)
    assert not (painted & ~mask).any()
    assert painted[mask].mean() > 0.97


def test_class_changes_nothing_but_the_outline() -> None:
    case = CASES["K1-clean"]
    one, two = (draw_scene(case, label, 5) for label in (0, 1))
    assert replace(two, label=0, filed=0, cues=one.cues) == one


def test_sized_case_is_the_only_one_whose_size_depends_on_the_class() -> None:
    for case in CASES.values():
        small, large = (draw_scene(case, label, 5).radius for label in (0, 1))
        assert (small < large) if case.sized else (small == large)


def test_same_seed_same_picture_and_another_seed_another() -> None:
    case = CASES["04-tag-100"]
    first, again, other = (next(scenes(case, "test", 4, seed)) for seed in (1, 1, 2))
    assert first == again != other
    assert np.array_equal(render(first, case, SIDE)[0], render(again, case, SIDE)[0])
    assert next(scenes(case, "train", 4, 1)) != first


@pytest.mark.parametrize("name", ["02-background-90", "11-tag-one-of-three", "K2-tag-everywhere"])
def test_cue_agrees_with_the_class_as_often_as_the_case_says(name: str) -> None:
    case = CASES[name]
    drawn = list(scenes(case, "train", 1200, 8))
    agree = np.mean([scene.cues[0] == speaks_for(case, scene.label) for scene in drawn])
    assert abs(agree - case.strength) < 0.045  # three standard errors of the weakest
    assert len({sum(s.label == label for s in drawn) for label in range(case.classes)}) == 1


def test_choose_takes_beginnings_and_refuses_strangers() -> None:
    assert [case.name for case in choose(["K1", "04"])] == ["04-tag-100", "K1-clean"]
    assert len(choose([])) == len(CASES) == 28
    with pytest.raises(ValueError, match="no case starts with 'zz'"):
        choose(["zz"])


@pytest.mark.parametrize(
    ("label", "core"), [(1, 0.0), (2, 0.8)]
)  # as the two- and three-class cases use them
def test_no_class_has_a_look_of_its_own(label: int, core: float) -> None:
    """Brightness, contrast and sharpness of the same scenes differ by less than a tenth of their spread."""
    case = replace(CASES["K1-clean"], core=core, classes=3)
    looks = []
    for one in (0, label):
        pictures = [render(draw_scene(case, one, seed), case, SIDE)[0] / 255.0 for seed in range(150)]
        looks.append([(p.mean(), p.std(), np.abs(np.diff(p, axis=0)).mean()) for p in pictures])
    first, second = (np.array(values) for values in looks)
    assert (np.abs(first.mean(axis=0) - second.mean(axis=0)) < 0.1 * first.std(axis=0)).tolist() == [
        True
    ] * 3
