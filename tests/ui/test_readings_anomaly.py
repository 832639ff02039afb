"""How the pages read anomaly scores: words on a card, the histogram, what a bar opens."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gradcam_core.runs.filters import Filters, Range
from gradcam_core.runs.store import Run
from ui.figures import score_histogram
from ui.readings import Said, visual_anomaly

RUN = Run(
    Path("."), {"project": {"class_names": ["good", "bad"], "thresholds": {"anomaly_threshold": 3.0}}}
)


def row(**changes: Any) -> dict[str, Any]:
    known = {"label": "good", "predicted": "bad", "correct": False, "anomaly_score": 4.2}
    return {**known, **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {},
            Said(
                *("good", "bad", "wrong", True, "score 4.20"),
                "Score 4.20 (threshold 3.00): bad, truly good",
            ),
        ),
        (
            {"label": "bad", "correct": True},
            Said(
                *("bad", "", "correct", False, "score 4.20"),
                "Score 4.20 (threshold 3.00): bad, truly bad",
            ),
        ),
        (
            {"label": None, "correct": None},
            Said(
                *("no label", "bad", "no label to compare", False, "score 4.20"),
                "Score 4.20 (threshold 3.00): bad, no label",
            ),
        ),
        (
            {"predicted": None, "correct": None, "anomaly_score": float("nan")},
            Said("good", "", "not predicted", False, "", "good, not scored"),
        ),
    ],
)
def test_words_of_a_card(changes: dict[str, Any], said: Said) -> None:
    assert visual_anomaly.said(RUN, row(**changes)) == said


@pytest.mark.parametrize(("score", "words"), [(4.206, "4.21"), (27.91, "27.9"), (1276.4, "1,276")])
def test_large_scores_need_no_decimals(score: float, words: str) -> None:
    assert visual_anomaly.rounded(score) == words


def test_a_bar_opens_its_samples() -> None:
    limits = (Range("anomaly_score", 1.0, 2.0),)
    assert visual_anomaly.filters_of("bad", 1.0, 2.0) == Filters(labels=("bad",), ranges=limits)
    assert visual_anomaly.filters_of("no label", 1.0, 2.0) == Filters(
        outcomes=("unlabelled",), ranges=limits
    )


def test_bars_by_label_and_a_line_at_the_threshold() -> None:
    bins = pd.DataFrame({"label": ["good", "bad"], "low": [0.0, 4.0], "high": [1.0, 5.0], "n": [7, 2]})
    figure = score_histogram(bins, ["good", "bad", "no label"], 3.0)
    assert [bar.name for bar in figure.data] == ["good (n 7)", "bad (n 2)"]
    np.testing.assert_allclose(figure.data[1].x, [(np.arcsinh(4 / 3) + np.arcsinh(5 / 3)) / 2])
    assert list(figure.data[1].customdata[0]) == ["bad", 4.0, 5.0]
    assert list(figure.layout.xaxis.ticktext) == ["0", "1", "2", "5"]
    assert figure.layout.shapes[0].x0 == pytest.approx(np.arcsinh(1))


def test_the_figure_in_words_counts_what_lies_above() -> None:
    bins = pd.DataFrame({"label": ["good", "good"], "low": [0.0, 4.0], "high": [1.0, 5.0], "n": [7, 2]})
    assert "good: 2 of 9" in visual_anomaly.told(bins, ["good"], 3.0)
