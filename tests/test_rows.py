"""Columns out of arrays, worked by hand."""

import numpy as np
import pytest

from gradcam_core.rows import (
    map_status,
    margins,
    prediction_columns,
    region_reasons,
    score_columns,
    two_sided,
)

NAN = np.nan


def columns(logits: list, activation: str, labels: list, explained: list) -> dict:
    array = np.array(logits, np.float32)
    return prediction_columns(array, activation, ("cat", "dog"), labels, np.array(explained))  # type: ignore[arg-type]


def test_softmax_head() -> None:
    out = columns([[np.log(3), 0], [0, 1], [NAN, NAN]], "softmax", ["cat", None, "dog"], [0, 1, 0])
    assert out["predicted"] == ["cat", "dog", None]
    assert out["explained"] == ["cat", "dog", None]
    assert out["correct"] == [True, None, None]
    np.testing.assert_allclose(out["confidence"], [0.75, np.e / (1 + np.e), NAN], rtol=1e-6)
    np.testing.assert_allclose(out["margin"], [np.log(3), 1, NAN], rtol=1e-6)


def test_one_sigmoid_unit_has_two_classes() -> None:
    out = columns([[np.log(3)], [-np.log(9)]], "sigmoid", ["cat", "cat"], [1, 0])
    assert out["predicted"] == ["dog", "cat"]
    assert out["correct"] == [False, True]
    np.testing.assert_allclose(out["confidence"], [0.75, 0.9], rtol=1e-6)
    np.testing.assert_allclose(out["margin"], [np.log(3), np.log(9)], rtol=1e-6)


def test_margin_is_log_odds_against_all_others() -> None:
    logits = two_sided(np.log(np.array([[2, 3, 5]], np.float32)), "softmax")
    assert margins(logits, np.array([2]))[0] == pytest.approx(0, abs=1e-6)
    assert margins(logits, np.array([0]))[0] == pytest.approx(np.log(2 / 8))


def test_a_very_confident_sample_keeps_a_finite_margin() -> None:
    out = columns([[60, 0]], "softmax", ["cat"], [0])
    assert out["confidence"][0] == 1
    assert out["margin"][0] == pytest.approx(60)


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
