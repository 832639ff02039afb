"""Inserting the fine pattern of a class."""

import numpy as np
import pytest

from gradcam_core.base.suspicion import Suspicion
from gradcam_core.edits.engine.run import run_checks
from tests.edits.made import (
    HEIGHT,
    WIDTH,
    by_object,
    draw,
    scenes_of,
)
from tests.edits.marks import RED, difference


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
