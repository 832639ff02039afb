"""A whole audit with several labels per picture: rows, outcomes, maps per class, findings and edits."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gradcam_core.auditing.pipeline import audit, ready
from gradcam_core.base.errors import AuditError, ModelError, ProjectError
from gradcam_core.base.types import Project, Sample
from gradcam_core.findings.investigate import investigate, open_model, targets_of
from gradcam_core.findings.one_sample import edit_sample
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.store import Run
from gradcam_core.tasks import TASKS
from gradcam_core.tasks.multi_label import judge, presence
from gradcam_core.tasks.options import AuditOptions
from tests.tasks.multi_label import colours

OPTIONS = AuditOptions(engine="tensorflow")
SHOWN = {
    "both": ("red", "green"),
    "one": ("blue",),
    "nothing": (),
    "missed": (),
    "alarm": ("red", "blue"),
    "unlabelled": ("green",),
}
TOLD = {"both": "red|green", "one": "blue", "nothing": "none", "missed": "green", "alarm": "red"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("colours")
    colours.write_pictures(folder / "images", SHOWN)
    (folder / "images" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    colours.write_network(folder / "model.keras")
    rows = [f"images/{name}.png,{TOLD.get(name, '?')}" for name in (*SHOWN, "broken")]
    (folder / "manifest.csv").write_text("\n".join(["path,label", *rows]))
    (folder / "labels.txt").write_text("\n".join(colours.COLOURS))
    return folder


@pytest.fixture(scope="module")
def run(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        return audit(open_project(folder), OPTIONS, tmp_path_factory.mktemp("runs"))


def test_a_row_for_each_class_that_is_labelled_or_said(run: Run) -> None:
    table = run.table.astype(object).where(run.table.notna(), None)
    found = {
        row["sample_id"].split("/")[-1]: (row["label"], row["predicted"], row["presence"])
        for row in table.to_dict("records")
    }
    nearest = ("absent", "absent", "right absence")
    assert found.pop("nothing#1") == nearest
    assert found == {
        "both#1": ("red", "red", "hit"),
        "both#2": ("green", "green", "hit"),
        "one#3": ("blue", "blue", "hit"),
        "missed#2": ("green", "absent", "miss"),
        "alarm#1": ("red", "red", "hit"),
        "alarm#3": ("absent", "blue", "false alarm"),
        "unlabelled#2": (None, "green", None),
        "broken": (None, None, None),
    }


def test_confidence_is_the_sigmoid_s(run: Run) -> None:
    """Softmax over the outputs would give a picture with nothing a third, and two findings a half each."""
    table, sure = run.table.set_index("sample_id"), 1 / (1 + np.exp(-colours.LOGIT))
    for name in ("both#1", "both#2", "one#3"):
        assert table.loc[f"images/{name}", "score"] == pytest.approx(sure, abs=1e-6)
        assert table.loc[f"images/{name}", "confidence"] == pytest.approx(sure, abs=1e-6)
    assert table.loc["images/nothing#1", "score"] == pytest.approx(1 - sure, abs=1e-6)
    assert table.loc["images/missed#2", "confidence"] == pytest.approx(sure, abs=1e-6)
    assert table.loc["images/missed#2", "margin"] == pytest.approx(colours.LOGIT, abs=1e-4)


def test_a_map_explains_the_class_of_its_row(run: Run) -> None:
    rows = {name: place for place, name in enumerate(run.table["sample_id"])}
    for name, colour in (("both#1", "red"), ("both#2", "green"), ("alarm#3", "blue")):
        heat = np.asarray(run.maps("classic")[rows[f"images/{name}"]], dtype=float)
        hottest = np.unravel_index(heat.argmax(), heat.shape)
        where = np.array(colours.PLACES[colour]) / colours.SIZE * heat.shape
        assert np.abs(np.array(hottest) - where).max() <= 2, name


def test_the_sentence_counts_pictures_not_rows(run: Run) -> None:
    said = TASKS["multi-label"].sentence
    assert said is not None
    text = said(run.table, run.manifest)
    assert "on 60 % of the pictures" in text and "n 5)" in text
    assert "of 5 labels 4 were found, and 1 were said where they are not" in text
    assert "1 pictures without labels are not in it" in text


def test_one_class_is_explained_for_all_rows_where_asked_for(folder: Path, tmp_path: Path) -> None:
    run = audit(open_project(folder), AuditOptions(engine="tensorflow", explain="blue"), tmp_path)
    assert set(run.table["explained"].dropna()) == {"blue"}
    np.testing.assert_array_equal(targets_of(run, run.table.iloc[:2]), [[0, 0, 1]] * 2)  # type: ignore[arg-type]
    with pytest.raises(AuditError, match="predicted, true or a class"):
        audit(open_project(folder), AuditOptions(engine="tensorflow", explain="absent"), tmp_path)


def test_findings_and_edits_read_the_class_of_a_row(run: Run, tmp_path: Path) -> None:
    investigate(run.path, edits=True, budget=20)
    edits = pd.read_parquet(run.path / "edits.parquet")
    assert len(edits)
    own = run.table.set_index("sample_id")["own_class"]
    aimed = edits["target"].isin(colours.COLOURS)
    for row in edits[~aimed].to_dict("records"):
        assert row["predicted_before"] in (own[row["sample_id"]], "absent")
        assert row["predicted_after"] in (own[row["sample_id"]], "absent")
    result = edit_sample(run, "images/both#2", tmp_path / "edits")
    assert result["classes"] == ["red", "green", "blue", "absent"]
    before = dict(zip(result["classes"], result["before"]["shares"], strict=True))
    assert before["green"] == pytest.approx(1, abs=1e-3) and before["red"] < 1e-6


def test_the_model_of_a_run_is_opened_again(run: Run) -> None:
    assert open_model(run).info.outputs == 3


def test_a_softmax_is_refused_and_logits_are_decided_by_the_labels(folder: Path, tmp_path: Path) -> None:
    colours.write_network(tmp_path / "softmax.keras", "softmax")
    with pytest.raises(ModelError, match=r"softmax.*--task=classification"):
        ready(open_project(folder, Overrides(model=tmp_path / "softmax.keras")), OPTIONS)
    colours.write_network(tmp_path / "logits.keras", None)
    setup = ready(open_project(folder, Overrides(model=tmp_path / "logits.keras")), OPTIONS)
    (fact,) = (one for one in setup.project.facts if one.name == "outputs")
    assert fact.origin == "decided by the labels"


def test_a_threshold_of_one_class_and_of_all(folder: Path, tmp_path: Path) -> None:
    strict = audit(open_project(folder, Overrides(class_thresholds={"red": 0.9999})), OPTIONS, tmp_path)
    table = strict.table.set_index("sample_id")
    assert table.loc["images/both#1", "presence"] == "miss"
    assert table.loc["images/both#2", "presence"] == "hit"
    everything = audit(open_project(folder, Overrides(threshold=0.0001)), OPTIONS, tmp_path)
    assert (everything.table["own_class"].notna()).sum() == 3 * len(SHOWN)
    for wrong in (Overrides(class_thresholds={"pink": 0.4}), Overrides(class_thresholds={"red": 1.5})):
        with pytest.raises(ProjectError, match="threshold"):
            ready(open_project(folder, wrong), OPTIONS)


def test_all_answers_about_a_picture_have_to_be_right_in_the_order_that_fits() -> None:
    sets = ["a|b", "a", "", "b", "a|c", "b|c", "c", "a"] * 3
    samples = [Sample(str(number), f"{number}.png", label) for number, label in enumerate(sets)]
    project = Project("p", Path(), ("a", "b", "c", "absent"), tuple(samples), None, task="multi-label")
    right, chance = judge(project, samples)
    assert chance == pytest.approx(6 / 24)
    logits = np.array([[9.0 if name in label else -9.0 for name in "abc"] for label in sets], np.float32)
    assert right(logits).all() and right(logits[:, [1, 2, 0]]).all()
    logits[0] = -9
    assert right(logits).tolist() == [False] + [True] * 23
    assert len(right(logits[:5])) == 5


@pytest.mark.parametrize(
    ("label", "predicted", "kind"),
    [
        ("red", "red", "hit"),
        ("red", "absent", "miss"),
        ("absent", "red", "false alarm"),
        ("absent", "absent", "right absence"),
        (None, "red", None),
    ],
)
def test_presence(label: str | None, predicted: str, kind: str | None) -> None:
    assert presence(label, predicted) == kind
