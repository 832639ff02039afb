"""The whole chain on drawn edit tables: seldom an alarm without an effect, mostly a finding with one.

The full count is `python -m benchmarks.null --runs 2000`; here few runs of the most usual kinds.
"""

import numpy as np
import pytest

from benchmarks.null import NULLS, World, alarms, drawn, power, report

pytestmark = pytest.mark.slow  # simulates whole runs


@pytest.mark.parametrize("world", [NULLS[0], NULLS[2], NULLS[4]], ids=["plain", "few", "patients"])
def test_models_that_use_nothing_are_seldom_accused(world: World) -> None:
    assert alarms(world, runs=8, seed=11) <= 1  # promised 2 %: two or more of 8 in 1 % of the cases


def test_a_large_effect_is_found_and_a_small_one_in_few_samples_is_not() -> None:
    assert power(World(samples=200, effect=0.5), runs=6, seed=3) >= 5
    assert power(World(samples=60, effect=0.1), runs=6, seed=3) <= 2


def test_drawn_arms_differ_by_the_planted_share_alone() -> None:
    generator = np.random.default_rng(1)
    table = drawn(World(samples=4000, suspicions=1, effect=0.3), generator)[1]
    rate = table.groupby(["edit", "arm"])["flipped"].mean().unstack()
    gap = rate["edit"] - rate["control"]
    assert gap["background-swap"] == pytest.approx(0.3 * (1 - rate["control"]["background-swap"]), abs=0.02)
    assert gap.drop("background-swap").abs().max() < 0.02


def test_the_report_counts_every_run() -> None:
    lines = list(report(5, 1, 0))
    assert sum(line.startswith("| ") for line in lines) >= 10
    assert any(line.startswith("| all | 5 |") for line in lines)
