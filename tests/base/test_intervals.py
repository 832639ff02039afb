"""Two heaps are told from one; samples of one patient are worth less than as many patients."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from gradcam_core.base.intervals import accuracy, effective, two_heaps, wilson

RNG = np.random.default_rng(4)


@pytest.mark.parametrize(
    ("values", "heaps"),
    [
        (np.concatenate([RNG.normal(1.0, 0.05, 70), RNG.normal(1.9, 0.1, 30)]), (70, 30)),
        (np.concatenate([RNG.normal(1.0, 0.05, 95), RNG.normal(1.9, 0.1, 5)]), None),
        (RNG.normal(1.0, 0.3, 200), None),
        (RNG.random(200), None),
        (RNG.exponential(1.0, 200), None),
        (np.ones(200), None),
        (np.repeat([1.0, 2.0], 10), None),
        (np.full(60, np.nan), None),
    ],
)
def test_two_heaps_are_told_from_one(values: np.ndarray, heaps: tuple[int, int] | None) -> None:
    found = two_heaps(values)
    assert (None if found is None else tuple(len(part) for part in found)) == heaps


@pytest.mark.parametrize(("hits", "n"), [(0, 20), (19, 20), (93, 100), (5, 5)])
def test_wilson_is_scipys(hits: int, n: int) -> None:
    interval = binomtest(hits, n).proportion_ci(method="wilson")
    assert wilson(hits / n, n) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_samples_of_one_patient_that_agree_count_once() -> None:
    patients = np.repeat(np.arange(60), 5).astype(object)
    alike = np.repeat(RNG.random(60) < 0.7, 5)
    assert effective(alike, patients) == pytest.approx(60, rel=0.05)
    assert effective(RNG.random(300) < 0.7, patients) > 200
    assert effective(np.ones(300, bool), patients) == 60


def test_the_interval_of_accuracy_is_wider_where_samples_share_patients() -> None:
    alike = np.repeat(RNG.random(60) < 0.7, 5)
    table = pd.DataFrame(
        {
            "sample_id": [f"s{row}" for row in range(300)],
            "path": [f"{row}.png" for row in range(300)],
            "label": "a",
            "predicted": np.where(alike, "a", "b"),
            "correct": pd.array(alike, dtype="boolean"),
        }
    )
    alone, grouped = accuracy(table), accuracy(table.assign(meta_patient=np.repeat(np.arange(60), 5)))
    assert grouped.value == alone.value
    assert grouped.high - grouped.low > 1.8 * (alone.high - alone.low)
