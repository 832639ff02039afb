"""A drawn region gives the scores that an audit with that region would have given."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.images.regions import fill_outline
from gradcam_core.maps.focus import background_focus
from gradcam_core.runs.export import export
from gradcam_core.runs.redrawn import drawn_on, open_redrawn
from gradcam_core.runs.reviews.acts import EVERY, Act
from gradcam_core.runs.reviews.regions import to_text
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import contents, reviews_of, verdicts
from tests.run_factory import Recipe, make_run

SQUARE = [[0.25, 0.25, 0.75, 0.25, 0.75, 0.75, 0.25, 0.75]]
HOLE = [*SQUARE, [0.4, 0.4, 0.6, 0.4, 0.6, 0.6, 0.4, 0.6]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return open_run(make_run(tmp_path, Recipe(n=8, regions=False, every_unreadable=4)))


def draw(run: Run, sample: str, outline: list[list[float]], reviewer: str = "Ana", minute: int = 0) -> Act:
    shared = sample == EVERY
    content = "" if shared else contents(run, run.table, [sample])[sample]
    act = Act(
        run.name, sample, content, reviewer, kind="shared region" if shared else "region",
        outline=to_text(outline), time=f"2026-01-31T09:{minute:02d}:00+00:00",
    )  # fmt: skip
    reviews_of(run).record_all([act])
    return act


def expected(run: Run, row: int, outline: list[list[float]], map_file: str = "classic") -> float:
    """Background focus of one row by the public function, from the picture's own pixels."""
    mask = fill_outline(outline, "drawn", (90, 120))
    return float(background_focus(np.array(run.maps(map_file)[row]), mask)[0])  # type: ignore[arg-type]


def test_scores_are_those_of_the_drawn_region_and_the_run_stays_as_it_is(run: Run) -> None:
    before = (run.path / "samples.parquet").read_bytes()
    draw(run, "sample-00001", HOLE)
    seen = open_redrawn(run.path)
    row = seen.table.iloc[1]
    assert (row["region_source"], row["reason"]) == ("drawn", "")
    assert row["background_focus"] == pytest.approx(expected(run, 1, HOLE), abs=1e-6)
    assert row["fine_background_focus"] == pytest.approx(expected(run, 1, HOLE, "fine"), abs=1e-6)
    assert row["object_area"] == pytest.approx(0.25 - 0.04, abs=0.02), "edges count as inside"
    assert seen.outlines(["sample-00001", "sample-00002"]) == {"sample-00001": HOLE}
    assert np.array(seen.array("cover.npy"))[1].mean() == pytest.approx(row["object_area"], abs=0.01)
    assert np.isnan(np.array(seen.array("cover.npy"))[2]).all()
    rest = [0, 2, 3, 4, 5, 6, 7]
    pd.testing.assert_frame_equal(seen.table.iloc[rest], run.table.iloc[rest])
    assert dict(seen.counts["regions"]) == {"none": 7, "drawn": 1}
    assert (run.path / "samples.parquet").read_bytes() == before


def test_one_region_for_all_leaves_out_what_has_its_own_and_what_cannot_be_read(run: Run) -> None:
    draw(run, EVERY, SQUARE)
    draw(run, "sample-00002", HOLE, minute=1)
    seen = open_redrawn(run.path)
    assert list(seen.table["region_source"]) == ["drawn"] * 3 + ["none"] + ["drawn"] * 3 + ["none"]
    assert seen.table["background_focus"][0] == pytest.approx(expected(run, 0, SQUARE), abs=1e-6)
    assert seen.table["background_focus"][2] == pytest.approx(expected(run, 2, HOLE), abs=1e-6)
    categories = seen.categorised(["region_source"])["region_source"]
    assert list(categories.cat.categories) == ["drawn", "none"]


def test_regions_of_the_project_are_kept_where_one_is_drawn_for_all(tmp_path: Path) -> None:
    own = open_run(make_run(tmp_path, Recipe(n=6, every_without_region=3)))
    draw(own, EVERY, SQUARE)
    assert list(open_redrawn(own.path).table["region_source"]) == ["mask", "mask", "drawn"] * 2


def test_the_last_region_holds_whoever_drew_it_and_can_be_taken_away_or_undone(run: Run) -> None:
    draw(run, "sample-00001", SQUARE)
    later = draw(run, "sample-00001", HOLE, "Ben", 1)
    assert drawn_on(run).own["sample-00001"].reviewer == "Ben"
    taken = Act(run.name, later.sample, later.hash, "Ben", kind="region", undoes=later.id)
    reviews_of(run).record_all([taken])
    assert drawn_on(run).own["sample-00001"].reviewer == "Ana"
    draw(run, "sample-00001", [], minute=2)
    assert not drawn_on(run) and type(open_redrawn(run.path)) is Run


def test_a_picture_that_changed_loses_its_region(run: Run) -> None:
    draw(run, "sample-00001", SQUARE)
    (run.root / "pictures" / "001.png").write_bytes(
        (run.root / "pictures" / "002.png").read_bytes() + b"\0"
    )
    assert not drawn_on(run)


def test_regions_are_exported_and_are_no_verdicts(run: Run, tmp_path: Path) -> None:
    draw(run, "sample-00001", SQUARE)
    assert verdicts(run, ())[0].empty
    found = json.loads(export(run.path, tmp_path / "regions.json", format="coco").read_text())
    (one,) = found["annotations"]
    assert one["bbox"] == [30, 22.5, 60, 45] and found["images"][one["image_id"] - 1]["file_name"].endswith(
        "001.png"
    )


def test_without_a_database_a_run_is_opened_as_it_is(run: Run) -> None:
    assert type(open_redrawn(run.path)) is Run
