"""Truth and answer of a sample, by the kind of answer."""

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from gradcam_core.runs.report.answers import heads, rule, texts


def run(task: str = "classification", output_grid: Any = None, **thresholds: float) -> Any:
    return SimpleNamespace(task=task, thresholds=thresholds, output_grid=output_grid)


def test_classes_and_their_confidence() -> None:
    one = pd.Series({"label": None, "predicted": "cat", "confidence": 0.81234})
    assert heads(run()) == ("label", "predicted", "confidence")
    assert texts(one, run()) == ("", "cat", "0.812")


def test_numbers_and_their_signed_error() -> None:
    one = pd.Series({"target": float("nan"), "output": 2.5, "error": 0.125})
    assert heads(run("regression")) == ("target", "output", "error")
    assert texts(one, run("regression")) == ("", "2.50", "+0.12")


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (run(), ""),
        (run(min_score=0.6), "Below a confidence of 0.6"),
        (run("regression", tolerance=1.5), "within 1.5 of the target"),
        (run("object-detection", (2, 3), min_score=0.4), "from a probability of 0.4 on"),
    ],
)
def test_what_makes_an_answer_correct_is_said(of: Any, said: str) -> None:
    assert said in rule(of) and bool(said) == bool(rule(of))
