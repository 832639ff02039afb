"""A FOMO block through the API: class order, background, threshold, boxes; other outputs are refused."""

from pathlib import Path

import pytest

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.errors import AuditError
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import fomo, toy
from tests.projects.edge_impulse.fomo import as_detection
from tests.projects.edge_impulse.studio import Studio, serve

pytest_plugins = ["tests.projects.edge_impulse.opening"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, serve(as_detection(Studio())) as studio:
        for name, value in (("GRADCAM_HOME", home), ("EI_API_KEY", toy.KEY), ("NO_PROXY", "127.0.0.1")):
            patch.setenv(name, str(value))
        project = open_project("edge-impulse", Overrides(host=studio.url))
        return audit(project, AuditOptions(engine="tensorflow"), home / "runs")


def test_background_is_channel_0_and_classes_keep_the_order_of_the_block(run: Run) -> None:
    assert run.manifest["project"]["task"] == "object-detection"
    assert run.manifest["project"]["class_names"] == ["background", *toy.CLASSES]
    assert run.manifest["model"]["output_grid"] == list(fomo.GRID)


def test_every_box_is_found_and_the_picture_without_one_is_a_false_alarm(run: Run) -> None:
    table = run.table.set_index("picture")
    assert len(table) == toy.COUNT and set(table["status"]) == {"ok"}
    for index in range(toy.COUNT):
        row = table.loc[str(9000 + index)]
        said = ("background" if index == 3 else toy.label(index), toy.label(index))
        assert (row["label"], row["predicted"]) == said, index
    assert (table["detection"] == "hit").sum() == toy.COUNT - 1


def test_the_threshold_of_the_block_counts(run: Run) -> None:
    facts = {fact["name"]: fact for fact in run.manifest["facts"]}
    assert (facts["lowest score"]["value"], facts["lowest score"]["origin"]) == ("0.6", "read")
    assert run.table["score"].min() >= 0.6


def test_the_label_field_is_no_label_where_boxes_are(run: Run) -> None:
    assert not [name for name in run.table if "label" in name and name.startswith("meta_")]
    assert "has no class" not in str(run.manifest["facts"])


def test_the_fetched_folder_is_audited_again_without_a_network(run: Run, tmp_path: Path) -> None:
    again = audit(
        open_project(run.manifest["project"]["root"]), AuditOptions(engine="tensorflow"), tmp_path
    )
    assert again.manifest["project"]["class_names"] == run.manifest["project"]["class_names"]
    assert sorted(again.table["predicted"]) == sorted(run.table["predicted"])


@pytest.mark.parametrize("last", ["mobilenet-ssd", "yolov5", "yolox"])
def test_other_outputs_are_refused_by_name_before_anything_is_fetched(studio: Studio, last: str) -> None:
    as_detection(studio, last)
    with pytest.raises(AuditError) as caught:
        open_project("edge-impulse", Overrides(host=studio.url))
    assert last in caught.value.found and "FOMO" in str(caught.value)
    assert studio.count("/raw-data") == studio.count("/downloads") == 0
