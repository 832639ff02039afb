"""The section about runs of other projects, from their folders alone."""

from pathlib import Path

from benchmarks.planted.photographs import section
from benchmarks.planted.report import write
from tests.benchmarks.planted.test_report import HIT, QUIET
from tests.searched_run import searched, uses


def test_section_gives_each_filler_and_what_was_raised(tmp_path: Path) -> None:
    path = searched(tmp_path, (uses(label=None),))
    text = section([f"{path}=0.55", str(path)])
    assert text.startswith("## Two photograph projects")
    assert "| tiny | 80 |" in text
    assert text.count("| 0.55 | background-swap | swap | 60 | 50 % | 5 % | +45 points | 35 to 55 |") == 1
    assert text.count("| – | background-swap |") == 2
    assert "| tiny | 3 | Background | The model relies on" in text
    assert str(tmp_path) not in text
    page = write([HIT, QUIET], "x", text, "Thresholds were set on 5 runs of seeds 100 to 102.")
    assert "## Two photograph projects" in page
    assert "seeds 100 to 102" in page
