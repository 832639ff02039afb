"""Estimated regions: only what wrong regions cannot explain rises above level 1."""

import pandas as pd
import pytest

from tests.findings.conclude.made import conclude
from tests.findings.conclude.test_conclude import edit_rows, hint, of, swap

SOURCES = {"estimated": 80, "none": 40}


def band(rate: float) -> pd.DataFrame:
    """The margins swapped, two widths."""
    return pd.concat([edit_rows("band-swap", (rate, 0.02), filler=name) for name in ("narrow", "wide")])


@pytest.mark.parametrize(
    ("swapped", "margins", "level"),
    [(0.5, 0.4, 3), (0.5, 0.05, 1), (0.2, 0.4, 1), (0.03, 0.4, 1), (0.03, 0.03, 0)],
)
def test_two_witnesses_have_to_agree(swapped: float, margins: float, level: int) -> None:
    """20 % of 60 against 2 % are enough along masks, but their interval begins below ten points."""
    rows = pd.concat([swap(swapped, swapped), band(margins)])
    found = of(conclude([hint("heat")], rows, estimated=True, sources=SOURCES), "background")
    assert (found.level, found.estimated) == (level, True)
    assert found.details["regions"] == SOURCES
    assert "estimated, in 80 samples; 40 with an unclear one are left out" in found.statement
    assert ("overlap them by 0.60 to 0.89" in found.statement) is ("samples;" in found.statement)
    agrees = "those of one from another class agrees (+38 points, n = 60)"
    assert (agrees in found.statement) is (level == 3)


def test_margins_alone_may_be_the_object() -> None:
    found = of(conclude([hint("heat")], band(0.5), estimated=True, sources={"none": 120}), "background")
    assert found.level == 1
    assert "Objects that reach the margins could explain as much." in found.statement


def test_along_masks_one_is_enough() -> None:
    assert of(conclude([], swap(0.3, 0.3)), "background").level == 3


def test_what_only_a_probe_says_stays_a_place_to_look_at() -> None:
    assert of(conclude([hint("data")], swap(0.05, 0.05), estimated=True), "background").level <= 1


def test_an_edit_without_regions_is_as_good_as_ever() -> None:
    found = of(
        conclude([], edit_rows("border-crop", (0.2, 0.0)), estimated=True, sources=SOURCES), "border"
    )
    assert (found.level, found.estimated) == (3, False)
    assert "regions" not in found.details
