"""The distributions of a report."""

import pytest

from gradcam_core.runs.report.charts import HEIGHT, WIDTH, chart
from gradcam_core.runs.store import Run, open_run
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    recipe = Recipe(n=60, every_without_region=6, classes=tuple(f"class {k:02}" for k in range(14)))
    return open_run(make_run(tmp_path_factory.mktemp("home"), recipe))


def test_every_bar_lies_in_the_drawing_and_none_is_lost(run: Run) -> None:
    drawn = chart(run, "classic")
    assert drawn is not None and len(drawn.rows) == 12 and drawn.more == 2
    for row in drawn.rows:
        assert all(
            0 <= bar.x < WIDTH and bar.y >= 0 and bar.y + bar.height <= HEIGHT + 0.02 for bar in row.bars
        )
        tops = {bar.x: sum(one.height for one in row.bars if one.x == bar.x) for bar in row.bars}
        assert max(tops.values()) == pytest.approx(HEIGHT, abs=0.02), "the highest fills the drawing"
        assert any(bar.wrong for bar in row.bars) == (row.wrong > 0)
        part = run.table[run.table["label"] == row.label]["normalized_background_focus"]
        assert (row.n, row.undefined) == (part.notna().sum(), part.isna().sum())
        assert row.median == f"{part.median():.2f}"


def test_a_run_without_regions_has_none(tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = open_run(make_run(tmp_path_factory.mktemp("bare"), Recipe(n=4, regions=False)))
    assert chart(bare, "classic") is None
