"""The manifest of a run as it is written."""

from pathlib import Path

import pandas as pd
import pytest

from gradcam_core.__main__ import main
from gradcam_core.auditing.manifest import sort_column
from gradcam_core.runs.store import open_run
from tests.tasks.regression.numbers import NAN


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            {"normalized_background_focus": [NAN], "absolute_error": [2.0], "confidence": [NAN]},
            "absolute_error",
        ),
        ({"anomaly_score": [2.0], "confidence": [NAN]}, "anomaly_score"),
        ({"normalized_background_focus": [1.0], "absolute_error": [2.0]}, "normalized_background_focus"),
        ({"absolute_error": [NAN], "confidence": [NAN]}, "confidence"),
    ],
)
def test_without_regions_a_run_is_sorted_by_what_its_answers_have(columns: dict, expected: str) -> None:
    assert sort_column(pd.DataFrame(columns)) == expected


@pytest.mark.parametrize("engine", ["openvino", "openvino-bf16", "tensorflow"])
def test_the_manifest_says_how_well_the_engine_agreed(
    engine: str, tiny_project: Path, tmp_path: Path
) -> None:
    arguments = ["audit", str(tiny_project), "--runs", str(tmp_path), "--maps", "classic"]
    assert main([*arguments, "--engine", engine]) == 0
    (folder,) = tmp_path.iterdir()
    document = open_run(folder).manifest
    (fact,) = [fact for fact in document["facts"] if fact["name"] == "engine"]
    assert fact["value"] == document["engine"] == engine
    if engine == "tensorflow":
        assert document["engine_agreement"] is None
    else:
        assert 0.9 < document["engine_agreement"] <= 1 + 1e-9
        assert f"{document['engine_agreement']:.6f}" in fact["why"]
