"""What labels say of answers: order of classes, chance, one class for all."""

import numpy as np
import pytest

from gradcam_core.base.intervals import paired_gain
from gradcam_core.tasks.label_check import (
    at_chance,
    clearly_better,
    dealt_out,
    fits,
    nonsense,
    order_warning,
)

NAMES = ("dark", "bright")
LABELS = np.arange(40) % 2


def mixed(wrong: int) -> np.ndarray:
    """40 answers, of which the first ``wrong`` are not the label."""
    said = LABELS.copy()
    said[:wrong] = 1 - said[:wrong]
    return said


def test_a_better_class_order_is_said_with_both_shares() -> None:
    said = order_warning(1 - LABELS, LABELS, NAMES)
    assert said and "bright, dark fits the labels clearly better: 100% of 40 right against 0%" in said


@pytest.mark.parametrize("wrong", [0, 12, 20])
def test_no_order_is_better_than_one_that_is_right_or_as_good(wrong: int) -> None:
    assert order_warning(mixed(wrong), LABELS, NAMES) is None


@pytest.mark.parametrize(("wrong", "chance"), [(0, False), (10, False), (20, True), (40, True)])
def test_chance(wrong: int, chance: bool) -> None:
    right = mixed(wrong) == LABELS
    assert at_chance(right, dealt_out(mixed(wrong), LABELS)) is chance
    assert fits(right, 0.5) is (wrong == 0)


def test_a_rare_class_found_is_better_than_chance_and_its_absence_is_not() -> None:
    labels = np.array([1] * 10 + [0] * 190)
    found = labels.copy()
    found[[0, 1, *range(20, 32)]] ^= 1  # 8 of 10 found, 12 false alarms: 93 % right
    assert not at_chance(found == labels, dealt_out(found, labels))
    assert nonsense(np.zeros(200, int), labels, NAMES), "95 % right"
    assert dealt_out(np.zeros(200, int), labels) == pytest.approx(0.95)


def test_labels_of_one_class_cannot_tell() -> None:
    all_one = np.zeros(40, int)
    assert not fits(all_one == all_one, dealt_out(all_one, all_one))


def test_one_class_for_all() -> None:
    said = np.ones(40, int)
    for labels in (LABELS, None):
        assert "“bright” for all of 40 pictures" in str(nonsense(said, labels, NAMES))
    assert nonsense(said, said, NAMES) is None, "they may all be of that class"
    assert nonsense(said[:8], None, NAMES) is None, "too few to tell"
    assert nonsense(LABELS, None, NAMES) is None


def test_a_model_at_chance_is_said_with_both_figures() -> None:
    said = str(nonsense(mixed(20), LABELS, NAMES))
    assert "right on 50% of 40" in said and "dealt out at random would be right on 50%" in said
    assert nonsense(mixed(4), LABELS, NAMES) is None


def test_the_paired_interval_by_hand() -> None:
    """Agresti and Min: b = 8, c = 2, n = 20 -> (8.5 - 2.5) / 22 ± 1.96 × sqrt(11 - 36 / 22) / 22."""
    now = np.array([False] * 8 + [True] * 2 + [True] * 10)
    other = np.array([True] * 8 + [False] * 2 + [True] * 10)
    assert paired_gain(other, now) == pytest.approx((6 / 22 - 0.27261, 6 / 22 + 0.27261), abs=1e-4)
    assert clearly_better(other, now, 1) and not clearly_better(other, now, 10)
    assert not clearly_better(now, now, 1)
