"""What the model says of each picture of an example."""

import pytest

from gradcam_core.runs.summary.example_said import answer


@pytest.mark.parametrize(
    ("said_now", "share", "was", "number", "expected"),
    [
        ("cat", 0.91, "cat", "probability", "cat 0.91"),
        ("dog", 0.2, "cat", "probability", "dog (cat 0.20)"),
        (None, 12.25, None, "output", "output 12.2"),
        (None, float("nan"), None, "output", "output unknown"),
        ("normal", 27.94, "anomaly", "anomaly score", "normal, score 27.9"),
    ],
)
def test_what_the_model_says_of_an_example(
    said_now: str | None, share: float, was: str | None, number: str, expected: str
) -> None:
    assert answer(said_now, share, was, number) == expected
