"""An audit that learns from training pictures: the run holds its detector, and opens as the same one."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gradcam_core.auditing.pipeline import audit
from gradcam_core.base.types import InputSpec
from gradcam_core.findings import investigate
from gradcam_core.images import load_batch, to_input
from gradcam_core.projects import open_project
from gradcam_core.projects.overrides import Overrides
from gradcam_core.runs.project import project_of
from gradcam_core.runs.store import Run
from gradcam_core.tasks.options import AuditOptions
from gradcam_core.tasks.visual_anomaly.explainer import MixtureDetector
from tests.tiny_pictures import blob

OPTIONS = AuditOptions(engine="tensorflow", method="xgrad-cam")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dark blobs are good; test pictures with a light one are scratched or bent."""
    root, rng = tmp_path_factory.mktemp("walls"), np.random.default_rng(3)
    places = [f"train/good/{number}.png" for number in range(12)]
    places += [f"test/good/{number}.png" for number in range(4)]
    places += [f"test/{kind}/{number}.png" for kind in ("scratched", "bent") for number in range(2)]
    for place in places:
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(blob(rng, "good" not in place)[0]).save(path)
    return root


@pytest.fixture(scope="module")
def run(root: Path, tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADCAM_HOME", str(tmp_path_factory.mktemp("home")))
        project = open_project(root, Overrides(model=tiny_model, task="visual-anomaly"))
        first, again = (audit(project, OPTIONS, tmp_path_factory.mktemp("runs")) for _ in range(2))
    np.testing.assert_array_equal(first.array("logits.npy"), again.array("logits.npy"))
    return first


def test_what_was_learned_and_what_it_was_learned_from(run: Run) -> None:
    facts = {one["name"]: one for one in run.manifest["facts"]}
    assert facts["learned from"]["value"] == "12 of 12 normal pictures"
    assert (facts["learned from"]["why"], facts["learned from"]["warning"]) == ("train", "")
    assert "2 outputs" in facts["network"]["value"]
    assert run.manifest["project"]["class_names"] == ["good", "anomaly"]
    assert {entry["method"] for entry in run.manifest["maps"].values()} == {"anomaly-map"}


def test_light_blobs_score_above_dark_ones(run: Run) -> None:
    table = run.table
    assert sorted(table["meta_kind"].dropna()) == ["bent", "bent", "scratched", "scratched"]
    good = table["label"] == "good"
    assert table.loc[~good, "anomaly_score"].min() > table.loc[good, "anomaly_score"].max()
    limit = run.manifest["project"]["thresholds"]["anomaly_threshold"]
    np.testing.assert_allclose(table["anomaly_score"] - limit, table["margin"])
    assert (run.maps("fine") >= 0).all()


def test_a_run_opens_as_the_detector_that_made_it(run: Run) -> None:
    detector = investigate.open_model(run)
    assert isinstance(detector, MixtureDetector)
    assert project_of(run).learned.keys() == {
        "split", *(f"{name}.{key}" for name in run.map_sets for key in detector.mixtures[name].arrays())
    }  # fmt: skip
    about = run.manifest["input"]
    spec = InputSpec(about["height"], about["width"], about["channels"])
    paths = [Path(run.manifest["project"]["root"]) / path for path in run.table["path"]]
    again = detector.predict(to_input(load_batch(paths, spec).pictures, spec))
    np.testing.assert_allclose(again, run.array("logits.npy"), rtol=1e-4, atol=1e-4)
