"""The renderers: equal seeds give equal scenes, and flipping the cue changes the cue only."""

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.demos.catalogue import DEMOS, SPLITS, Demo, find_demo
from gradcam_core.projects.demos.scenes.draw import box, cover, ellipse, noise, plane, polygon, stroke
from gradcam_core.projects.demos.scenes.scene import Scene, streams

SEED = 5_000_003


@pytest.fixture(scope="module", params=list(DEMOS))
def demo(request: pytest.FixtureRequest) -> Demo:
    return DEMOS[request.param]


def label_of(demo: Demo) -> str:
    """The last class, or a number where labels are numbers."""
    return demo.classes[-1] if demo.classes else "6.0"


@pytest.fixture(scope="module")
def pair(demo: Demo) -> tuple[Scene, Scene]:
    first, second = (demo.render_scene(SEED, label_of(demo), cue) for cue in demo.cues)
    return first, second


def test_a_scene_has_the_demos_size_and_an_object(demo: Demo, pair: tuple[Scene, Scene]) -> None:
    scene = pair[0]
    assert scene.picture.shape == (*demo.size, 3)
    assert scene.picture.dtype == np.uint8
    assert scene.mask.shape == demo.size
    assert (0.002 if demo.normal or demo.planned else 0.03) < scene.mask.mean() < 0.5
    assert scene.picture.std() > (7 if demo.planned else 15)  # a plate is plain


def test_equal_arguments_give_equal_scenes(demo: Demo, pair: tuple[Scene, Scene]) -> None:
    again = demo.render_scene(SEED, label_of(demo), demo.cues[0])
    np.testing.assert_array_equal(again.picture, pair[0].picture)
    np.testing.assert_array_equal(again.mask, pair[0].mask)


def test_flipping_the_cue_leaves_the_object_alone(demo: Demo, pair: tuple[Scene, Scene]) -> None:
    first, second = pair
    np.testing.assert_array_equal(first.mask, second.mask)
    changed = (first.picture != second.picture).any(axis=2)
    assert changed.any()
    # only the antialiased rim of the object shows a share of the background
    assert changed[first.mask].mean() < 0.2
    inner = first.mask & np.roll(first.mask, 6, 0) & np.roll(first.mask, -6, 0)
    assert changed[inner].sum() <= 0.1 * inner.sum()


@pytest.mark.parametrize(("name", "label"), [("xray", "normal"), ("tiles", "anomaly"), ("defects", "6.0")])
def test_a_marker_changes_nothing_outside_its_box(name: str, label: str) -> None:
    without, with_marker = (DEMOS[name].render_scene(SEED, label, cue) for cue in DEMOS[name].cues)
    changed = np.argwhere((with_marker.picture != without.picture).any(axis=2))
    assert with_marker.cue_box is not None
    top, left, bottom, right = with_marker.cue_box
    assert len(changed) > 30
    assert (changed.min(axis=0) >= (top - 2, left - 2)).all()
    assert (changed.max(axis=0) <= (bottom + 2, right + 2)).all()
    assert not with_marker.mask[changed[:, 0], changed[:, 1]].any()


def test_the_other_class_is_the_same_scene_with_another_object(demo: Demo) -> None:
    labels = demo.classes or ("3.0", "9.0")
    first, second = (demo.render_scene(SEED, label, demo.cues[0]) for label in labels)
    either = first.mask | second.mask
    changed = (first.picture != second.picture).any(axis=2)
    assert changed[either].mean() > 0.02
    assert changed[~either].mean() < 0.06  # whiskers are thinner than half a pixel


def test_an_unknown_label_or_cue_is_refused(demo: Demo) -> None:
    with pytest.raises(ValueError, match="'bird'"):
        demo.render_scene(SEED, "bird", demo.cues[0])
    with pytest.raises(ValueError, match="'moon'"):
        demo.render_scene(SEED, label_of(demo), "moon")


def test_an_unknown_demo_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProjectError, match=r"pets, xray, clean.*'dogs'"):
        find_demo("dogs")


@pytest.mark.parametrize(("name", "conflicts"), [("pets", 10), ("xray", 10), ("clean", 100)])
def test_a_plan_is_balanced_and_has_the_planted_correlation(name: str, conflicts: int) -> None:
    demo = DEMOS[name]
    plan = list(demo.plan("test", 200))
    assert [seed for seed, _, _ in plan] == list(range(SPLITS["test"], SPLITS["test"] + 200))
    for label, cue in zip(demo.classes, demo.cues, strict=True):
        own = [row for row in plan if row[1] == label]
        assert len(own) == 100
        assert sum(row[2] != cue for row in own) == conflicts // 2


def test_splits_are_far_apart() -> None:
    starts = sorted(SPLITS.values())
    assert min(np.diff(starts)) >= 100_000


def test_streams_are_independent_and_repeatable() -> None:
    first, second = streams(3, 2)
    again = streams(3, 5)[0]
    value = first.random()
    assert value == again.random()
    assert value != second.random()


def test_distances_by_hand() -> None:
    at = plane((4, 6), (3.0, 2.0))
    centre = (1, 2)  # the pixel whose centre is (2.5, 1.5), so (-0.5, -0.5) from the origin
    assert at.x[centre] == pytest.approx(-0.5)
    assert at.y[centre] == pytest.approx(-0.5)
    assert ellipse(at, (-0.5, -0.5), (2, 2))[1, 5] == pytest.approx(1.0)
    assert stroke(at, [(-2.5, -0.5), (1.5, -0.5)], [0.5, 0.5])[3, 2] == pytest.approx(1.5)
    assert stroke(at, [(-2.5, -0.5), (1.5, -0.5)], [0.0, 1.0])[1, 3] == pytest.approx(-0.75)
    square = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    assert polygon(at, square)[centre] == pytest.approx(-0.5)
    assert polygon(at, square[::-1])[centre] == pytest.approx(-0.5)
    assert polygon(at, square)[1, 5] == pytest.approx(1.5)
    assert box(at, -1, -1, 1, 1)[centre] == pytest.approx(-0.5)


def test_coverage_by_hand() -> None:
    at = plane((1, 1), scale=2.0)
    distances = np.asarray([-1.0, -0.25, 0.0, 0.125, 1.0], np.float32)
    np.testing.assert_allclose(cover(at, distances), [1, 1, 0.5, 0.25, 0])


def test_noise_is_standardised_and_smooth_at_its_own_scale() -> None:
    field = noise(np.random.default_rng(0), (64, 48), (4, 3))
    assert field.shape == (64, 48)
    assert field.mean() == pytest.approx(0, abs=1e-5)
    assert field.std() == pytest.approx(1, abs=1e-5)
    assert np.abs(np.diff(field, axis=0)).max() < 0.35


def test_a_worse_scratch_covers_more_and_a_larger_ring_whitens_more() -> None:
    demo = DEMOS["defects"]
    covered = [demo.render_scene(SEED, label, "none").mask.sum() for label in ("1.0", "5.0", "10.0")]
    assert covered == sorted(covered) and covered[2] > 3 * covered[0]
    plain = demo.render_scene(SEED, "5.0", "none").picture.astype(int)
    white = [
        (demo.render_scene(SEED, "5.0", cue).picture - plain > 60).sum() for cue in ("1.0", "5.0", "9.0")
    ]
    assert white == sorted(white) and white[2] > 3 * white[0]


def test_rings_go_with_severity_but_for_a_share() -> None:
    """At most half a unit apart as a rule; the test pictures hold rings that say nothing."""
    far = {}
    for split in ("train", "test"):
        plan = list(DEMOS["defects"].plan(split, 200))
        gaps = np.array([abs(float(label) - float(cue)) for _, label, cue in plan])
        far[split] = (gaps > 2).sum()
        labels = np.array([float(label) for _, label, _ in plan])
        assert labels.min() < 1 and labels.max() > 9.5 and abs(labels.mean() - 5.25) < 0.2
    assert far["train"] < 12 < far["test"] < 40
