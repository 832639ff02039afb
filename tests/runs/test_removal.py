"""A run is removed by its name and by nothing else."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import RunError
from gradcam_core.runs.removal import remove_run
from gradcam_core.runs.store import list_runs
from tests.run_factory import Recipe, make_run


def test_a_run_goes_and_the_others_stay(tmp_path: Path) -> None:
    run = make_run(tmp_path / "there", Recipe(n=2))
    (run.parent / "reviews.sqlite").write_text("verdicts")
    assert remove_run(run.parent, run.name) == run
    assert [one.name for one in run.parent.iterdir()] == ["reviews.sqlite"] and list_runs(run.parent) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../there", "/etc", "none", ".parts", "reviews.sqlite", "link"]
)
def test_nothing_else_is_removed(tmp_path: Path, name: str) -> None:
    run = make_run(tmp_path / "there", Recipe(n=2))
    (run.parent / "link").symlink_to(run)
    with pytest.raises(RunError, match="the name of a run"):
        remove_run(run.parent, name)
    assert (run / "manifest.json").exists()
