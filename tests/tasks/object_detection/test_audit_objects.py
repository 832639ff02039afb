"""A whole audit of a grid model: one row per object, each explained at its own cells."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.parts.pieces import cut
from gradcam_core.auditing.pipeline import audit, ready
from gradcam_core.findings.investigate import investigate
from gradcam_core.projects import open_project
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from tests.tasks.object_detection import grid_network

SIZE = (64, 96)  # twice the network's input; one cell of the answer is 16×16 pixels

PICTURES: dict[str, tuple[list[tuple], list[dict]]] = {
    "both": (
        [("red", 0, 0, 20, 20), ("blue", 64, 32, 20, 20)],
        [
            dict(label="nut", x=0, y=0, width=20, height=20),
            dict(label="bolt", x=64, y=32, width=20, height=20),
        ],
    ),
    "confused": ([("blue", 0, 0, 20, 20)], [dict(label="nut", x=0, y=0, width=20, height=20)]),
    "alarm": (
        [("red", 0, 0, 20, 20), ("red", 70, 40, 20, 20)],
        [dict(label="nut", x=0, y=0, width=20, height=20)],
    ),
    "missed": ([], [dict(label="bolt", x=34, y=34, width=10, height=10)]),
    "empty": ([], []),
}


def write_project(folder: Path) -> Path:
    (folder / "testing").mkdir(parents=True)
    boxes = {}
    for name, (blocks, marked) in PICTURES.items():
        picture = grid_network.picture(*blocks, size=SIZE)
        Image.fromarray(picture).save(folder / "testing" / f"{name}.png")
        boxes[f"{name}.png"] = marked
    (folder / "testing" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    content = {"version": 1, "type": "bounding-box-labels", "boundingBoxes": boxes}
    (folder / "testing" / "bounding_boxes.labels").write_text(json.dumps(content))
    grid_network.write(folder / "model.keras")
    (folder / "project.toml").write_text(
        'name = "bench"\ntask = "object-detection"\nclass_order = ["nut", "bolt"]\nimages = "testing"\n'
    )
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        yield write_project(tmp_path_factory.mktemp("projects") / "bench")


@pytest.fixture(scope="module")
def run(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    options = AuditOptions(engine="tensorflow", batch_size=3)
    return audit(open_project(project), options, tmp_path_factory.mktemp("runs"))


def row(run: Run, name: str) -> dict:
    found = run.table[run.table["sample_id"].str.endswith(name)]
    assert len(found) == 1, list(run.table["sample_id"])
    return found.iloc[0].to_dict()


def test_one_row_per_object_miss_and_empty_picture(run: Run) -> None:
    said = {
        str(name).split("/")[-1]: (label, predicted, kind)
        for name, label, predicted, kind in run.table[
            ["sample_id", "label", "predicted", "detection"]
        ].itertuples(index=False)
    }
    assert all(value != value for value in said.pop("broken"))  # missing
    assert said.pop("both#1") in [(c, c, "hit") for c in ("nut", "bolt")]
    assert said.pop("both#2") in [(c, c, "hit") for c in ("nut", "bolt")]
    alarms = {said.pop("alarm#1"), said.pop("alarm#2")}
    assert alarms == {("nut", "nut", "hit"), ("background", "nut", "false alarm")}
    assert said == {
        "confused#1": ("nut", "bolt", "other class"),
        "missed#1": ("bolt", "background", "miss"),
        "empty#1": ("background", "background", "nothing"),
    }


def test_columns_of_a_row(run: Run) -> None:
    hit, missed, broken = row(run, "confused#1"), row(run, "missed#1"), row(run, "broken")
    assert (hit["cells"], hit["boxes"], hit["picture"]) == ("0,0", "1", "testing/confused")
    assert hit["explained"] == "bolt" and 0.5 < hit["confidence"] == pytest.approx(hit["score"])
    assert hit["margin"] == pytest.approx(np.log(hit["confidence"] / (1 - hit["confidence"])), rel=1e-4)
    assert (hit["correct"], hit["outcome"]) == (False, "incorrect")
    assert (missed["cells"], missed["explained"]) == ("2,2", "bolt")  # its centre is at 39, 39
    assert missed["confidence"] > 0.5 > missed["score"]  # of background, and of the bolt
    assert (broken["status"], broken["outcome"]) == ("unreadable", "unreadable")
    assert not [name for name in run.table if name.startswith("meta_")]


def test_the_region_of_a_row_is_its_own_box(run: Run) -> None:
    share = 20 * 20 / (64 * 96)
    assert row(run, "both#1")["object_area"] == pytest.approx(share, rel=0.02)
    ids = list(run.table["sample_id"])
    alarm = run.table[run.table["detection"] == "false alarm"].iloc[0]
    assert alarm["object_area"] == pytest.approx(share, rel=0.02)  # the picture's boxes
    assert row(run, "empty#1")["region_source"] == "none"
    outline = run.outlines([ids[ids.index("testing/missed#1")]])["testing/missed#1"]
    assert len(outline) == 1


def test_each_map_lies_around_its_own_cells(run: Run) -> None:
    heat = dict(zip(run.table["sample_id"], np.asarray(run.maps("classic")), strict=True))
    nut, bolt = _both(run, heat)
    assert nut[:3, :3].max() > 0 and nut[4:, 6:].max() == 0
    assert bolt[4:, 6:].max() > 0 and bolt[:3, :3].max() == 0


def _both(run: Run, heat: dict[str, np.ndarray]) -> list[np.ndarray]:
    rows = run.table[run.table["picture"] == "testing/both"].set_index("label")["sample_id"]
    return [heat[rows[name]] for name in ("nut", "bolt")]


def test_the_run_says_what_was_understood(run: Run) -> None:
    facts = {fact["name"]: fact for fact in run.manifest["facts"]}
    assert facts["class order"]["value"] == "background, nut, bolt"
    assert facts["objects"]["value"].startswith("5 found: 3 hits, 1 of another class, 1 false alarms")
    assert "3 of 5 boxes found; 1 pictures with neither" in facts["objects"]["value"]
    assert run.manifest["model"]["output_grid"] == list(grid_network.GRID)
    assert "labels" not in facts


def test_a_lower_threshold_of_the_block_is_used(project: Path) -> None:
    from dataclasses import replace

    opened = replace(open_project(project), thresholds={"min_score": 0.999999})
    setup = ready(opened, AuditOptions(engine="tensorflow"))
    assert {str(s.metadata.get("_found")) for s in setup.project.samples} == {"background", "None"}


@pytest.mark.parametrize("explain", ["true", "bolt"])
def test_what_is_explained_can_be_chosen(project: Path, explain: str) -> None:
    from gradcam_core.tasks import TASKS

    project_now = ready(open_project(project), AuditOptions(engine="tensorflow")).project
    rows = [one for one in project_now.samples if "confused#1" in one.id]
    weights = TASKS["object-detection"].targets(project_now, rows, explain)
    assert weights is not None
    placed = np.argwhere(np.asarray(weights).reshape(*grid_network.GRID, 3))
    assert placed.tolist() == [[0, 0, 1 if explain == "true" else 2]]


def test_rows_travel_to_other_machines(project: Path) -> None:
    setup = ready(open_project(project), AuditOptions(engine="tensorflow"))
    pieces = cut(setup, 3)
    assert sum(len(piece.project.samples) for piece in pieces) == len(setup.project.samples)
    assert pieces[0].project.output_grid == grid_network.GRID


def test_findings_with_edits_read_each_row_at_its_own_cells(run: Run) -> None:
    found = investigate(run.path, edits=True, budget=4)
    assert {entry.flag for entry in found} >= {"background"}
