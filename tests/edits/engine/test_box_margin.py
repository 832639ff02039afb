"""Box regions: the same samples with smaller and larger boxes, and what is said of it."""

from dataclasses import replace

import numpy as np
import pytest

from gradcam_core.edits.engine.box_margin import Margin, applies, box_margins, said
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import N, by_ground, scenes_for

SWAP = "background-swap"


def boxes(predict):
    return replace(scenes_for(predict), region_source=("box",) * N)


def test_differences_are_of_the_same_samples_and_change_with_the_box():
    scenes = boxes(by_ground)
    table = run_checks(scenes, by_ground, None, [], only=[SWAP])
    found = box_margins(scenes, by_ground, table, SWAP, "swap", budget=12)
    assert [one.margin for one in found] == [-0.15, 0.0, 0.15]
    assert [one.difference for one in found] == pytest.approx([1.0] * 3, abs=0.1)
    assert {one.n for one in found} == {12}
    red = box_margins(scenes, by_ground, table, SWAP, "swap", label="red", budget=12)
    assert {one.n for one in red} == {6}
    assert box_margins(scenes, by_ground, table, SWAP, "swap", label="none", budget=12) == []


def test_a_model_that_looks_at_the_rim_of_the_box_is_told():
    """The rim of the object is ground: boxes drawn too large keep it, and the swap misses it."""
    scenes = boxes(by_ground)
    wide = replace(scenes, cover=np.stack([np.pad(c[2:-2, 2:-2], 2, mode="edge") for c in scenes.cover]))

    def around(pictures):
        """Green of a frame of two pixels around each object, 0 where there is no object."""
        red = (np.abs(pictures[..., 0].astype(int) - pictures[..., 2]) > 120).astype(float)
        near = np.stack([np.roll(red, shift, axis) for axis in (1, 2) for shift in (-2, 2)]).max(0) - red
        near = np.clip(near, 0, 1)
        green = (pictures[..., 1] * near).sum((1, 2)) / np.maximum(near.sum((1, 2)), 1)
        return np.stack([101 - green, green - 101], axis=1).astype(np.float32) / 5

    wide = replace(wide, logits=around(wide.pictures))
    table = run_checks(wide, around, None, [], only=[SWAP])
    small, _, large = box_margins(wide, around, table, SWAP, "swap", budget=40)
    assert small.difference >= large.difference + 0.2


@pytest.mark.parametrize(
    ("edit", "sources", "expected"),
    [
        (SWAP, ("box",) * N, True),
        (SWAP, ("mask",) * N, False),
        (SWAP, ("none",) * (N - 1) + ("box",), True),
        (SWAP, ("none",) * N, False),
        ("border-crop", ("box",) * N, False),
        ("no-such-edit", ("box",) * N, False),
    ],
)
def test_only_region_edits_on_boxes_are_asked(edit, sources, expected):
    assert applies(replace(scenes_for(by_ground), region_source=sources), edit) is expected


def test_words():
    same = [Margin(-0.15, 0.42, 60), Margin(0.0, 0.4, 60), Margin(0.15, 0.38, 60)]
    assert said(same) == (
        "Regions are boxes, which hold background too: +42 points with boxes 15 % smaller, "
        "+40 as they are, +38 points with boxes 15 % larger (n = 60); "
        "the size of the boxes hardly matters."
    )
    assert said([*same[:2], Margin(0.15, 0.1, 60)]).endswith("the size of the boxes matters.")
    assert said([]) == ""
