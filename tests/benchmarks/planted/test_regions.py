"""The table of runs with masks and without: every cell from the rows, the section in its place."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.planted.regions import BEFORE, CASES, Row, overlaps, planned, raised, section, written


def row(case: str, reliance: float, masks: list[str], none: list[str], flags: list[str]) -> Row:
    found = {
        name: [{"flag": one, "level": 3} for one in raised]
        for name, raised in (("masks", masks), ("none", none))
    }
    numbers = {"kept": 0.5, "iou": 0.61, "reliance": {"all": reliance}}
    return {"case": case, "seed": 300, "group": "spatial", "flags": flags, **numbers, **found}


ROWS = [
    row("04-tag", 1.0, ["fixed-marker"], ["fixed-marker", "background"], ["fixed-marker"]),
    row("01-background", 0.9, ["background"], [], ["background"]),
    row("K1-clean", 0.02, [], [], []),
]


def test_each_way_has_its_shares_and_each_run_its_line() -> None:
    lines = section(ROWS).splitlines()
    masks, none = (
        next(one for one in lines if one.startswith(f"| {start}")) for start in ("masks", "none")
    )
    assert [cell.split(" (")[0].strip() for cell in masks.split("|")[2:6]] == [
        "2 of 2",
        "2 of 2",
        "2 of 2",
        "0 of 1",
    ]
    assert [cell.split(" (")[0].strip() for cell in none.split("|")[2:6]] == [
        "1 of 2",
        "1 of 2",
        "0 of 2",
        "0 of 1",
    ]
    assert "| 04-tag | 300 | 1.00 | fixed-marker | background, fixed-marker | 50% | 0.61 |" in lines


def test_a_level_below_three_raises_nothing() -> None:
    assert raised({"masks": [{"flag": "border", "level": 2}]}, "masks") == set()


def test_the_section_is_put_in_once_and_then_replaced() -> None:
    page = f"# Page\n\n{BEFORE}\n\nend\n"
    once = written(page, section(ROWS))
    assert written(once, section(ROWS)) == once
    assert once.index("With masks") < once.index(BEFORE)
    assert "04-tag" not in written(once, section(ROWS[1:]))


def test_seed_by_seed() -> None:
    first = [case.name for case, seed in planned(2) if seed == 300]
    assert first == [case.name for case in CASES]


def test_overlap_is_that_of_kept_estimates_with_their_masks(tmp_path: Path) -> None:
    """A disc in the middle of a plain picture: the estimate covers it."""
    down, right = np.mgrid[:48, :48] - 23.5
    disc = down**2 + right**2 < 144
    picture = np.where(disc[..., None], (200, 40, 40), (60, 90, 70)).astype(np.uint8)
    for folder, shown in (
        (tmp_path / "test" / "round", picture),
        (tmp_path / "masks", 255 * disc.astype(np.uint8)),
    ):
        folder.mkdir(parents=True)
        Image.fromarray(shown).save(folder / "s0000.png")
    (kept,) = overlaps(tmp_path)
    assert kept == pytest.approx(1.0, abs=0.15)
