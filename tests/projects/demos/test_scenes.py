"""The renderers: equal seeds give equal scenes, and flipping the cue changes the cue only."""

import numpy as np
import pytest

from gradcam_core.projects.demos.catalogue import DEMOS, Demo
from gradcam_core.projects.demos.scenes.scene import Scene

pytestmark = pytest.mark.slow  # draws every demo
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
    labels = demo.classes[:2] or ("3.0", "9.0")
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
