"""Scores and reasons out of arrays, worked by hand."""

import numpy as np
import pytest

from gradcam_core.maps.scoring import map_status, region_reasons, score_columns

NAN = np.nan


@pytest.mark.parametrize(
    ("heat", "readable", "expected"),
    [
        ([[0, 1, 2], [0, 0, 0]], True, "ok"),
        ([[0, 0, 0], [0, 0, 0]], True, "empty map"),
        ([[3, 3, 3], [3, 3, 3]], True, "flat map"),
        ([[0, 1, NAN], [0, 0, 0]], True, "non-finite map"),
        ([[0, 1, np.inf], [0, 0, 0]], True, "non-finite map"),
        ([[NAN] * 3] * 2, False, "unreadable"),
    ],
)
def test_map_status(heat: list, readable: bool, expected: str) -> None:
    assert map_status(np.array([heat], np.float32), [readable]) == [expected]


@pytest.mark.parametrize(("status", "scored"), [("flat map", True), ("empty map", True), ("ok", False)])
def test_scores_of_unusable_or_unspecific_maps_are_nan(status: str, scored: bool) -> None:
    maps = np.random.default_rng(0).random((1, 4, 5)).astype(np.float32)
    cover = np.zeros((1, 4, 5), np.float32)
    cover[0, 1:3, 2] = 1
    out = score_columns(maps, cover, [status], scored)
    assert np.isnan(out["background_focus"][0])
    assert np.isnan(out["border_focus"][0])
    assert out["chance_focus"][0] == pytest.approx(0.9), "chance needs no map"


def test_reasons_say_why_a_score_is_undefined() -> None:
    maps = np.random.default_rng(0).random((4, 4, 5)).astype(np.float32)
    cover = np.zeros((4, 4, 5), np.float32)
    cover[0, 1, 1], cover[2] = 1, 1
    cover[3] = np.nan
    status = ["ok"] * 4
    said = region_reasons(score_columns(maps, cover, status, True), ["mask", "box", "mask", "none"], status)
    assert said[0] == []
    assert "outside what the model sees" in said[1][0]
    assert len(said[2]) == 2
    assert said[3][0].startswith("no region")
