"""What the user said wins; what nobody said stays open."""

from gradcam_core.projects.overrides import Overrides


def test_answers_win_over_weaker_ones() -> None:
    strong, weak = Overrides(task="audio", threshold=0.0), Overrides(task="regression", name="pets")
    assert strong.over(weak) == Overrides(task="audio", threshold=0.0, name="pets")
    assert Overrides().over(weak) == weak


def test_thresholds_are_those_that_were_given() -> None:
    assert Overrides().thresholds == {}
    assert Overrides(threshold=0.0, tolerance=2.5).thresholds == {"threshold": 0.0, "tolerance": 2.5}
