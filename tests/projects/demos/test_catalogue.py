"""Demos, their plans and their shipped models."""

import json

import numpy as np
import pytest

from gradcam_core.base.errors import ProjectError
from gradcam_core.projects.demos.catalogue import DEMOS, MODELS, RENDERER_VERSION, SPLITS, TRUTH, find_demo

TRUE = json.loads(TRUTH.read_text(encoding="utf-8"))


def test_an_unknown_demo_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ProjectError, match=r"pets, fixed, xray, clean.*'dogs'"):
        find_demo("dogs")


@pytest.mark.parametrize(("name", "conflicts"), [("pets", 10), ("xray", 10), ("clean", 100), ("fixed", 10)])
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


@pytest.mark.parametrize("name", list(DEMOS))
def test_models_belong_to_the_renderer_and_are_small(name: str) -> None:
    assert TRUE[name]["renderer"] == RENDERER_VERSION
    assert (MODELS / DEMOS[name].model).stat().st_size < 2_200_000
