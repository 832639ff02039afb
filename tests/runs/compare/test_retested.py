"""A re-test is kept beside the run after, and read for these two runs only."""

from pathlib import Path

import pandas as pd

from gradcam_core.runs.compare.retested import FACTS, Retested, folder_of, read_retested, write_retested
from gradcam_core.runs.store import open_run
from tests.compared_runs import edit_table
from tests.run_factory import Recipe, make_run


def test_what_is_written_is_read_for_these_runs_only(tmp_path: Path) -> None:
    one, other = (open_run(make_run(tmp_path, Recipe(n=4, name=name))) for name in ("one", "other"))
    assert read_retested(one, other) is None
    kept = Retested(edit_table(0.9), edit_table(0.1), {"background-swap": "background"})
    write_retested(one, other, kept, budget=20, seed=1)
    found = read_retested(one, other)
    assert found is not None and found.flags == kept.flags
    pd.testing.assert_frame_equal(found.after, kept.after.reset_index(drop=True))
    assert read_retested(other, one) is None
    (folder_of(one, other) / FACTS).write_text("{")
    assert read_retested(one, other) is None
