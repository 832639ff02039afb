"""Visual anomaly through the API: labels by the project's settings, a backbone, what is not exported."""

from pathlib import Path

import pytest

from gradcam_core.auditing.pipeline import audit
from gradcam_core.tasks.options import AuditOptions
from tests.projects.edge_impulse import replies
from tests.projects.edge_impulse.anomalies import LABELS, as_detector
from tests.projects.edge_impulse.asking import fetched, refused
from tests.projects.edge_impulse.studio import Studio

pytest_plugins = ["tests.projects.edge_impulse.opening"]


def test_a_backbone_is_audited_with_a_mixture_of_its_own(studio: Studio, tmp_path: Path) -> None:
    project = fetched(as_detector(studio, **LABELS))
    run = audit(project, AuditOptions(engine="tensorflow", maps="classic"), tmp_path / "runs")
    facts = {one["name"]: one for one in run.manifest["facts"]}
    assert "not exported" in facts["threshold"]["warning"]
    assert "--threshold 3.5" in facts["threshold"]["warning"]
    assert "test samples served" in facts["learned from"]["warning"]
    assert run.manifest["maps"]["classic"]["method"] == "anomaly-map"
    assert (run.table["status"] != "unreadable").all()
    assert run.table["anomaly_score"].notna().all()


def test_without_an_h5_the_error_says_what_would_do(studio: Studio) -> None:
    as_detector(studio, **LABELS).downloads = [("TensorFlow Lite (float32)", "tflite-float")]
    said = refused(studio)
    assert "anomaly blocks" in said.todo
    assert "--model" in said.todo and "mixture" in said.todo


@pytest.mark.parametrize("kind", ["anomaly", "anomaly-gmm"])
def test_a_mixture_of_edge_impulse_is_not_exported(studio: Studio, kind: str) -> None:
    studio.blocks = [replies.learn_block(4, kind, "Anomaly")]
    said = refused(studio)
    assert "exports no model of anomaly blocks" in said.todo
