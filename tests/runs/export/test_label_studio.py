"""Tasks for Label Studio: in the format's own terms, and read back by our own reader of its files."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradcam_core.base.types import Sample
from gradcam_core.images.regions import read_regions
from gradcam_core.runs.content import file_hash
from gradcam_core.runs.export import export
from gradcam_core.runs.export.label_studio import hot_box
from gradcam_core.runs.reviews.acts import Act
from gradcam_core.runs.store import Run, open_run
from gradcam_core.runs.verdicts import reviews_of
from tests.run_factory import Recipe, make_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = tmp_path_factory.mktemp("home")
    recipe = Recipe(n=12, every_without_region=4, every_unreadable=5, every_unlabelled=6)
    run = open_run(make_run(home, recipe))
    digest = file_hash(Path(str(run.root)), str(run.table["path"][0]))
    said = [("Ana", "shortcut", "a rug"), ("Ben", "unsure", "")]
    acts = [
        Act(run.name, "sample-00000", str(digest), name, verdict, comment, run=run.id)
        for name, verdict, comment in said
    ]
    reviews_of(run).record_all(acts)
    return run


@pytest.fixture(scope="module")
def tasks(run: Run, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    target = tmp_path_factory.mktemp("out") / "x.json"
    return list(json.loads(export(run, target, format="label-studio").read_text()))


def test_every_readable_sample_is_a_task_with_its_answer(run: Run, tasks: list[dict[str, Any]]) -> None:
    readable = run.table[run.table["status"] != "unreadable"].set_index("sample_id")
    assert [one["data"]["sample_id"] for one in tasks] == list(readable.index)
    for one in tasks:
        row = readable.loc[one["data"]["sample_id"]]
        assert one["data"]["image"] == f"/data/local-files/?d={row['path']}"
        (prediction,) = one["predictions"]
        answer = prediction["result"][0]
        assert answer["value"] == {"choices": [row["predicted"]]} and answer["to_name"] == "image"
        assert prediction["score"] == pytest.approx(row["confidence"])
        assert (answer["original_width"], answer["original_height"]) == (120, 90)


def test_each_reader_is_an_annotation(tasks: list[dict[str, Any]]) -> None:
    told = [
        {entry["from_name"]: next(iter(entry["value"].values())) for entry in one["result"]}
        for one in tasks[0]["annotations"]
    ]
    assert [one["reader"] for one in told] == [["Ana"], ["Ben"]]
    assert [one["verdict"] for one in told] == [["shortcut"], ["unsure"]]
    assert told[0]["comment"] == ["a rug"] and "comment" not in told[1]
    assert all("verdict" not in str(one["annotations"]) for one in tasks[1:])


def test_regions_come_back_through_our_reader(run: Run, tmp_path: Path) -> None:
    file = export(run, tmp_path / "x.json", format="label-studio")
    samples = [Sample(str(one["sample_id"]), str(one["path"])) for _, one in run.table.iterrows()]
    read = read_regions(file, samples, Path(str(run.root)))
    drawn = run.table[(run.table["region_source"] != "none") & (run.table["status"] != "unreadable")]
    assert set(read.regions) >= set(drawn["sample_id"]) and len(drawn) > 3


@pytest.mark.parametrize(
    ("spot", "box"),
    [((slice(2, 4), slice(5, 10)), [(25.0, 20.0, 25.0, 20.0)]), ((slice(0, 0), slice(0, 0)), [])],
)
def test_the_box_is_around_what_is_hot(spot: tuple[slice, slice], box: list[tuple[float, ...]]) -> None:
    heat = np.zeros((10, 20), np.float32)
    heat[spot] = 0.8
    heat[9, 19] = 0.3
    assert hot_box(heat if box else heat * 0) == box
