"""Files are replaced whole: whoever reads one sees the old content or the new one."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.base import files


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    files.write_json(tmp_path / "a.json", {"a": [1, None]})
    files.write_table(tmp_path / "a.parquet", pd.DataFrame({"a": [1.5]}))
    files.write_arrays(tmp_path / "below" / "a.npz", {"a": np.arange(3)})
    assert files.read_json(tmp_path / "a.json") == {"a": [1, None]}
    table = files.read_table(tmp_path / "a.parquet")
    assert table is not None and table.to_dict("list") == {"a": [1.5]}
    arrays = files.read_arrays(tmp_path / "below" / "a.npz")
    assert arrays is not None and arrays["a"].tolist() == [0, 1, 2]
    assert {path.name for path in tmp_path.iterdir()} == {"a.json", "a.parquet", "below"}


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    read = (files.read_json, files.read_table, files.read_arrays)
    assert [one(tmp_path / "nothing") for one in read] == [None, None, None]
    files.write_arrays(tmp_path / "none.npz", {})
    (tmp_path / "damaged.npz").write_bytes(b"PK")
    assert files.read_arrays(tmp_path / "damaged.npz") is None
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.npz"]


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    files.write_json(tmp_path / "a.json", 1)
    with pytest.raises(ValueError, match="not JSON compliant"):
        files.write_json(tmp_path / "a.json", float("nan"))
    assert files.read_json(tmp_path / "a.json") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
