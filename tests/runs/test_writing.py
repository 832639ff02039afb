"""A run folder appears whole or not at all."""

from pathlib import Path

import pytest

from gradcam_core.base.errors import RunError
from gradcam_core.runs.writing import RunWriter, outline_table


def test_polygons_come_back_by_sample() -> None:
    table = outline_table({"a": [[0.0, 0.0, 0.5, 0.0, 0.5, 1.0]], "b": []})
    assert table.to_pydict() == {
        "sample_id": ["a", "b"],
        "outline": [[[0.0, 0.0, 0.5, 0.0, 0.5, 1.0]], []],
    }


def test_an_audit_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="half way"), RunWriter(tmp_path / "runs", "one", 3):
        raise ValueError("half way")
    assert list((tmp_path / "runs").iterdir()) == []


def test_a_run_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(RunError), RunWriter(tmp_path, "one", 3):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
