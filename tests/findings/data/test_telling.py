"""Everything found is JSON, and said with its numbers in words that claim no more."""

import json
from pathlib import Path

from gradcam_core.findings.data import look_at_data
from gradcam_core.findings.data.telling import document
from tests.findings.data.data_drawn import drawn, framed, with_file


def test_a_flawed_set_is_told_as_json_and_in_sentences(tmp_path: Path) -> None:
    project = with_file(drawn(tmp_path, framed), "cat0.png", "x.png", "dog", split="train")
    told = document("set", look_at_data(project))
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["copies"] == {"all": 1, "identical": 1, "across_classes": 1, "across_splits": 1}
    (pair,) = told["pairs"]
    assert (pair["first"]["path"], pair["second"]["label"]) == ("cat0.png", "dog") and len(
        pair["pictures"]
    ) == 2
    assert told["splits"] == {"test": 60, "train": 1}
    said = told["said"]
    assert (
        said[0]
        == "1 picture stands in two classes: where a picture has one class, one of its labels is wrong"
    )
    assert any(one.startswith("the label can be read from the outer ring") for one in said)
    assert {one["name"]: one["clear"] for one in told["probes"]}["border"]


def test_nothing_to_ask_is_said(tmp_path: Path) -> None:
    told = document("set", look_at_data(drawn(tmp_path, per_class=2)))
    assert told["said"][0] == "no picture is a copy of another"
    assert "two classes of 20 readable pictures are needed, found cat 2, dog 2" in told["said"][1]
    assert told["probes"] == []
